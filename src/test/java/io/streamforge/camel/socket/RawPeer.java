package io.streamforge.camel.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A peer that asks for an upgrade, and then says nothing and reads only when it is told to. */
final class RawPeer implements AutoCloseable {

  private static final int SMALL = 4096;

  private final Socket socket = new Socket();

  RawPeer(int port, String query, String... headers) throws IOException {
    socket.setReceiveBufferSize(SMALL);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /ws/topic"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + String.join("", headers)
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }

  /** Everything up to and with this end. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[64 * 1024];
    String tail = "";
    while (!tail.endsWith(end)) {
      int length = socket.getInputStream().read(part);
      assertThat(length).as("bytes read before %s", end).isPositive();
      all.write(part, 0, length);
      String read = tail + new String(part, 0, length, UTF_8);
      tail = read.substring(Math.max(0, read.length() - end.length()));
    }
    return all.toString(UTF_8);
  }

  /** Sends so many PINGs of the largest kind, or as many as the server takes. */
  void ping(int number) {
    byte[] frame = new byte[2 + 4 + 125];
    frame[0] = (byte) 0x89;
    frame[1] = (byte) (0x80 | 125);
    byte[] many = new byte[1000 * frame.length];
    for (int at = 0; at < many.length; at += frame.length) {
      System.arraycopy(frame, 0, many, at, frame.length);
    }
    try {
      for (int sent = 0; sent < number; sent += 1000) {
        socket.getOutputStream().write(many);
      }
    } catch (IOException cutOff) {
      // Whoever asks finds out that the server has done so.
    }
  }

  /** Breaks the connection off, where {@link #close} would end it. */
  void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
