package io.streamforge.camel.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.StrictJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that sends exactly what it is told, also what no library would. */
public final class RawHttp {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final int port;
  private final String head;
  private final byte[] body;

  private RawHttp(int port, String head, byte[] body) {
    this.port = port;
    this.head = head;
    this.body = body;
  }

  /** A request with the {@code Host} of this server. */
  public static RawHttp request(int port, String method, String path) {
    return new RawHttp(port, method + " " + path + " HTTP/1.1\r\n", new byte[0]);
  }

  public RawHttp header(String name, String value) {
    return new RawHttp(port, head + name + ": " + value + "\r\n", body);
  }

  public RawHttp body(String type, String text) {
    return body(type, text.getBytes(UTF_8));
  }

  public RawHttp body(String type, byte[] bytes) {
    var headers = "Content-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n";
    return new RawHttp(port, head + headers, bytes);
  }

  public RawHttp untyped(String text) {
    return untyped(text.getBytes(UTF_8));
  }

  public RawHttp untyped(byte[] bytes) {
    return new RawHttp(port, head + "Content-Length: " + bytes.length + "\r\n", bytes);
  }

  public RawHttp chunked(String type, byte[] bytes) {
    var chunk = new ByteArrayOutputStream();
    chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
    chunk.writeBytes(bytes);
    chunk.writeBytes("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    var headers = "Content-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n";
    return new RawHttp(port, head + headers, chunk.toByteArray());
  }

  public Reply send() {
    var own = head.contains("\r\nHost: ") ? "" : "Host: 127.0.0.1:" + port + "\r\n";
    var connection = head.contains("\r\nConnection: ") ? "" : "Connection: close\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write((head + own + connection + "\r\n").getBytes(ISO_8859_1));
      write(socket);
      return Reply.read(new BufferedInputStream(socket.getInputStream()), head.startsWith("HEAD "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server may refuse a body before all of it has been sent. */
  private void write(Socket socket) {
    try {
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // What it answered can still be read.
    }
  }

  /** What came back, headers as they stand, the body without its chunks. */
  public record Reply(int status, List<String> headers, String body) {

    static Reply read(InputStream in, boolean headOnly) throws IOException {
      var lines = new ArrayList<String>();
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        lines.add(line);
      }
      var status = Integer.parseInt(lines.remove(0).split(" ", 3)[1]);
      var bare = new Reply(status, lines, "");
      if (headOnly || status == 204 || status == 304) {
        return bare;
      }
      var bytes =
          bare.header("Transfer-Encoding").equals("chunked")
              ? chunks(in)
              : in.readNBytes(Integer.parseInt(bare.header("Content-Length")));
      return new Reply(status, lines, new String(bytes, UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
      var body = new ByteArrayOutputStream();
      for (var length = Integer.parseInt(line(in), 16); length > 0; ) {
        body.writeBytes(in.readNBytes(length));
        line(in);
        length = Integer.parseInt(line(in), 16);
      }
      return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
      var line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the answer ended after: " + line);
        }
        line.append((char) next);
      }
      return line.toString().stripTrailing();
    }

    /** The value of a header, empty if it is not there. */
    public String header(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).trim())
          .findFirst()
          .orElse("");
    }

    public JsonNode json() {
      return StrictJson.read(body.getBytes(UTF_8));
    }

    public String message() {
      return json().path("message").asText();
    }

    /** The fields of {@code data.errors}, in order. */
    public List<String> faultyFields() {
      return json().at("/data/errors").findValuesAsText("field");
    }

    /** The first message about a field. */
    public String fault(String field) {
      for (JsonNode fault : json().at("/data/errors")) {
        if (fault.path("field").asText().equals(field)) {
          return fault.path("message").asText();
        }
      }
      return "";
    }
  }
}
