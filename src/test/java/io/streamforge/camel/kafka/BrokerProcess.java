package io.streamforge.camel.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An embedded broker in a process of its own, which can be killed. */
public final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Returns when the broker serves clients. */
  public static BrokerProcess start(Path directory, int port) throws IOException {
    Process process = launch(directory, port);
    List<String> output = new ArrayList<>();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = reader.readLine()) != null) {
      output.add(line);
      if (line.startsWith("embedded broker up on ")) {
        drain(reader);
        return new BrokerProcess(process, line.substring("embedded broker up on ".length()));
      }
    }
    throw new IOException(String.join("\n", output));
  }

  /** A process whose output nobody reads stands still once the pipe is full. */
  private static void drain(BufferedReader reader) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reader.transferTo(Writer.nullWriter());
              } catch (IOException processIsGone) {
                return;
              }
            },
            "output of the broker process");
    thread.setDaemon(true);
    thread.start();
  }

  private static Process launch(Path directory, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedBroker.class.getName(),
            directory.toString(),
            Integer.toString(port))
        .redirectErrorStream(true)
        .start();
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The port of the broker. */
  public int port() {
    return Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it as SIGTERM does, and returns its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** Waits until it ends by itself, and returns its exit code. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
