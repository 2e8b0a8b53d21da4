package io.streamforge.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** A connection that sends what it is told, well-formed or not, and reads answers one by one. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  /** What was answered: the head as it stands, and the body. */
  record Answer(int status, String head, String body) {
    boolean hasHeader(String name) {
      return head.toLowerCase(Locale.ROOT).contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
    }
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void write(String text) throws IOException {
    write(text.getBytes(ISO_8859_1));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next answer; fails at the end of the connection. */
  Answer read() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after: " + head);
      }
      head.append((char) next);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    String length = head.toString().replaceAll("(?is).*\r\ncontent-length: *([0-9]+).*", "$1");
    int bytes = length.matches("[0-9]+") ? Integer.parseInt(length) : 0;
    return new Answer(status, head.toString(), new String(in.readNBytes(bytes), ISO_8859_1));
  }

  /** Throws away what has come. */
  void skip() throws IOException {
    in.skipNBytes(in.available());
  }

  /** Waits for more to come, and throws it away. */
  void readOn() throws IOException {
    if (in.read() < 0) {
      throw new EOFException("closed while more was waited for");
    }
    skip();
  }

  /** Whether something was answered that is not read yet. */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  /** Whether the server ends the connection, within its patience. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
