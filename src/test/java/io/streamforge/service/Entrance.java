package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to several processes, over one port in front of them or over the port of each. Requests
 * are repeated as the README tells clients to, and nothing else is.
 */
final class Entrance {
  private static final Set<Integer> REPEATED = Set.of(429, 502, 503, 504);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 1000;

  private final List<Integer> ports;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  final AtomicInteger requests = new AtomicInteger();
  final Map<String, AtomicInteger> repeated = new ConcurrentHashMap<>();
  final AtomicLong longestMillis = new AtomicLong();

  Entrance(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /** The address of a path, at another port each time. */
  URI uri(String scheme, String path) {
    int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
    return URI.create(scheme + "://127.0.0.1:" + port + path);
  }

  JsonNode get(String path) {
    return send("GET", path, "", "");
  }

  /** Has to be one that may be repeated: with a key, or of such a kind. */
  JsonNode post(String path, String json, String key) {
    return send("POST", path, json, key);
  }

  private JsonNode send(String method, String path, String json, String key) {
    requests.incrementAndGet();
    long begun = System.nanoTime();
    long pause = SHORTEST_PAUSE;
    while (true) {
      String trouble;
      try {
        HttpResponse<String> answer =
            http.send(request(method, path, json, key), BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          longestMillis.accumulateAndGet((System.nanoTime() - begun) / 1_000_000, Math::max);
          return RunningService.json(answer);
        }
        trouble = Integer.toString(answer.statusCode());
        if (!REPEATED.contains(answer.statusCode())) {
          throw new AssertionError(method + " " + path + ": " + trouble + " " + answer.body());
        }
      } catch (IOException e) {
        trouble = e.getClass().getSimpleName();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      repeated.computeIfAbsent(trouble, any -> new AtomicInteger()).incrementAndGet();
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError(
            method + " " + path + " was in vain for 30 s, at last: " + trouble);
      }
      ServiceProcess.pause(pause);
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
  }

  private HttpRequest request(String method, String path, String json, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("http", path)).timeout(Duration.ofSeconds(15));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return request.method(method, BodyPublishers.ofString(json)).build();
  }
}
