package io.streamforge.camel.mattermost;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Answers each request with JSON that has no end. */
final class EndlessServer implements AutoCloseable {
  private static final int MEGABYTE = 1 << 20;

  private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final AtomicLong sent = new AtomicLong();

  EndlessServer() throws IOException {
    Thread thread = new Thread(this::serve, "endless-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  long sentMegabytes() {
    return sent.get();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept();
          OutputStream out = socket.getOutputStream()) {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\"".getBytes(US_ASCII));
        byte[] part = "x".repeat(MEGABYTE).getBytes(US_ASCII);
        while (true) {
          out.write(part);
          sent.incrementAndGet();
        }
      } catch (IOException gone) {
        // Whoever has had enough hangs up; the next one is served.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
