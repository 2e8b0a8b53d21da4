package io.streamforge.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends one request over and over, on some connections at once, each as soon as the answer to the
 * last one is there. Plain sockets, as it shares the processors with what it measures.
 */
record HttpLoad(int port, String request) {

  static HttpLoad get(int port, String path) {
    return new HttpLoad(port, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
  }

  static HttpLoad post(int port, String path, String json) {
    int length = json.getBytes(UTF_8).length;
    String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port;
    String type = "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    return new HttpLoad(port, head + type + json);
  }

  /** One round; fails when an answer is not 200. */
  Measured run(int connections, int requestsEach) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      Measured.Watch watch = Measured.watch();
      List<Future<long[]>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(threads.submit(() -> connection(requestsEach)));
      }
      List<Long> nanos = new ArrayList<>();
      for (Future<long[]> one : all) {
        Arrays.stream(one.get()).forEach(nanos::add);
      }
      nanos.sort(null);
      double p99Millis = nanos.get(nanos.size() * 99 / 100) / 1e6;
      return watch.stop(nanos.size(), p99Millis);
    } finally {
      threads.shutdownNow();
    }
  }

  private long[] connection(int requests) throws IOException {
    byte[] bytes = request.getBytes(UTF_8);
    long[] nanos = new long[requests];
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < requests; i++) {
        long begun = System.nanoTime();
        out.write(bytes);
        readAnswer(in);
        nanos[i] = System.nanoTime() - begun;
      }
    }
    return nanos;
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    int length = -1;
    String header;
    while (!(header = line(in)).isEmpty()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without its length: " + status);
    }
    byte[] body = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + ": " + new String(body, UTF_8));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        throw new IOException("the connection was closed");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
