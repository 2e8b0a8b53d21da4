package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.Application;
import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The service in a process of its own, which can be killed and comes back on the same ports. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration READY_PATIENCE = Duration.ofMinutes(3);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
  private static final int OUTPUT_SHOWN = 20_000;
  private static final Pattern REPEATED_TURN =
      Pattern.compile("repeat their turn|repeats its turn");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Map<String, String> environment;
  private final Path output;
  private final int port;
  private final Thread lastResort = new Thread(this::destroy);
  private volatile Process process;
  private long diedAt;

  private ServiceProcess(Map<String, String> environment, Path output, int port) {
    this.environment = environment;
    this.output = output;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /**
   * Begins to start it; {@link #awaitReady} does the rest.
   *
   * @param settings go before {@link RunningService#QUICK}; {@code DATA_DIR} must be among them
   */
  static ServiceProcess start(String name, Path directory, Map<String, String> settings) {
    int port = FreePorts.find();
    Map<String, String> environment = new HashMap<>(RunningService.QUICK);
    environment.putAll(settings);
    environment.put("HTTP_PORT", Integer.toString(port));
    ServiceProcess service =
        new ServiceProcess(environment, directory.resolve(name + ".log"), port);
    service.start();
    return service;
  }

  /** Begins to start it again after a kill. */
  void start() {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(output.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it can do its work; returns how long that took since it was killed. */
  Duration awaitReady() {
    Awaitility.await()
        .atMost(READY_PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the service ended with code " + process.exitValue());
              }
              return isReady();
            });
    return Duration.ofNanos(System.nanoTime() - diedAt);
  }

  private boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    diedAt = System.nanoTime();
    destroy();
  }

  /** Ends it as an operator does, and waits until it has ended; returns how long that took. */
  Duration terminate() {
    diedAt = System.nanoTime();
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError("the service does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Duration.ofNanos(System.nanoTime() - diedAt);
  }

  /** Sends it a signal, such as STOP. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it says of itself that it leads; false when it does not answer. */
  boolean leads() {
    try {
      return RunningService.json(get("/status")).at("/leadership/leading").asBoolean();
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  private void destroy() {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return port;
  }

  /** How much memory of the machine it takes. */
  long residentMegabytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process.pid() + "", "status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** A request with a body, and with the header {@code Idempotency-Key} unless that is empty. */
  HttpResponse<String> post(String path, String json, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return send(request);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(ANSWER_PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Posts until it is done, however often the service dies meanwhile; returns {@code data}. */
  JsonNode insist(String path, String json, String key) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try {
        HttpResponse<String> answer = post(path, json, key);
        if (answer.statusCode() == 200) {
          return RunningService.json(answer).path("data");
        }
        if (answer.statusCode() != 503) {
          throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
      } catch (UncheckedIOException dead) {
        if (System.nanoTime() > deadline) {
          throw dead;
        }
      }
      pause(50);
    }
  }

  /** The stored document of a queue. */
  JsonNode queue(String id) {
    return RunningService.json(get("/queues/" + id)).path("data");
  }

  /** Lets time pass, as the moment of a kill demands. */
  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that it has printed, over all its lives. */
  String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many turns of workers its output says were taken again. */
  int repeatedTurns() {
    return (int) REPEATED_TURN.matcher(output()).results().count();
  }

  /** Prints the end of its output, for a test that failed. */
  void printOutput() {
    String all = output();
    System.out.println("--- the end of " + output.getFileName());
    System.out.println(all.substring(Math.max(0, all.length() - OUTPUT_SHOWN)));
  }

  @Override
  public void close() {
    destroy();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running or has run, and does the same.
    }
  }
}
