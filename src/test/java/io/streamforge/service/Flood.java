package io.streamforge.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** One caller who sends as fast as it can over a few connections, many requests at a time. */
final class Flood {
  private static final int CONNECTIONS = 4;
  private static final int AT_ONCE = 50;

  /** Others ask now and then. */
  private static final int PAUSE_MILLIS = 20;

  private final int port;
  private final String request;
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong other = new AtomicLong();

  Flood(int port, String request) {
    this.port = port;
    this.request = request;
  }

  /** Sends so many, and waits for all answers; meanwhile does something else. */
  void run(int requests, Runnable meanwhile) {
    var clients = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int client = 0; client < CONNECTIONS; client++) {
        all.add(CompletableFuture.runAsync(() -> send(requests / CONNECTIONS), clients));
      }
      var done = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
      while (!done.isDone()) {
        meanwhile.run();
        ServiceProcess.pause(PAUSE_MILLIS);
      }
      done.join();
    } finally {
      clients.shutdownNow();
    }
  }

  private void send(int requests) {
    try (RawClient client = new RawClient(port)) {
      for (int sent = 0; sent < requests; sent += AT_ONCE) {
        client.write(request.repeat(AT_ONCE));
        for (int read = 0; read < AT_ONCE; read++) {
          count(client.read());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the flood was cut off", e);
    }
  }

  private void count(RawClient.Answer answer) {
    if (answer.status() == 200) {
      served.incrementAndGet();
    } else if (answer.status() == 429 && answer.hasHeader("Retry-After")) {
      refused.incrementAndGet();
    } else {
      other.incrementAndGet();
    }
  }

  long served() {
    return served.get();
  }

  long refused() {
    return refused.get();
  }

  long other() {
    return other.get();
  }
}
