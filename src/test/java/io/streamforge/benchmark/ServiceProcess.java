package io.streamforge.benchmark;

import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as users start it, with its own broker, in a process of its own. */
final class ServiceProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;
  private final double secondsToReady;

  private ServiceProcess(Process process, int port, double secondsToReady) {
    this.process = process;
    this.port = port;
    this.secondsToReady = secondsToReady;
  }

  /** Returns when it says that it is ready. */
  static ServiceProcess start(Path data, List<String> flags) throws Exception {
    return start(data, flags, Map.of());
  }

  /** The same with further settings. */
  static ServiceProcess start(Path data, List<String> flags, Map<String, String> settings)
      throws Exception {
    Program ofThisBuild =
        new Program(
            Path.of("").toAbsolutePath(),
            List.of("-cp", System.getProperty("java.class.path"), "io.streamforge.Application"));
    return start(data, flags, ofThisBuild, settings);
  }

  /**
   * What is started.
   *
   * @param directory where application.properties and the routes are
   * @param arguments what the Java machine is given after its flags
   */
  record Program(Path directory, List<String> arguments) {}

  /** The same of a program that was put together otherwise. */
  static ServiceProcess start(
      Path data, List<String> flags, Program program, Map<String, String> settings)
      throws Exception {
    int port = FreePorts.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(program.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.directory().toFile())
            .redirectErrorStream(true);
    builder.redirectOutput(data.resolve("output.txt").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HTTP_PORT", Integer.toString(port),
                "DATA_DIR", data.resolve("data").toString(),
                "LOG_FILE", "",
                "EMBEDDED_KAFKA_PORT", Integer.toString(FreePorts.find())));
    builder.environment().putAll(settings);
    long begun = System.nanoTime();
    ServiceProcess service = new ServiceProcess(builder.start(), port, 0);
    while (!service.isReady()) {
      if (!service.process.isAlive() || System.nanoTime() - begun > 180_000_000_000L) {
        service.close();
        throw new IOException(Files.readString(data.resolve("output.txt")));
      }
      Thread.sleep(20);
    }
    return new ServiceProcess(service.process, port, (System.nanoTime() - begun) / 1e9);
  }

  private boolean isReady() throws InterruptedException {
    // Before it listens, a client of HTTP would use the processors that the start needs.
    try (Socket listening = new Socket()) {
      listening.connect(new InetSocketAddress("127.0.0.1", port));
    } catch (IOException notYet) {
      return false;
    }
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** Starts a queue. */
  HttpResponse<String> start(String body) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri("/queues/start"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  double secondsToReady() {
    return secondsToReady;
  }

  /** Its memory that is in the machine's, in MB. */
  double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    // With the writing of an archive for starts, where it is told to
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
