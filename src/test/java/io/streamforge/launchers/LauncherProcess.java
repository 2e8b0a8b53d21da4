package io.streamforge.launchers;

import io.streamforge.camel.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The local launcher in a process of its own, which can be killed. */
final class LauncherProcess implements AutoCloseable {
  private final Process process;

  private LauncherProcess(Process process) {
    this.process = process;
  }

  static LauncherProcess start(Path data, String bootstrapServers) throws IOException {
    return new LauncherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LauncherProcess.class.getName(),
                data.toString(),
                bootstrapServers)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** Runs the launcher until the process is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    open(Path.of(arguments[0]), arguments[1]);
    Thread.currentThread().join();
  }

  static Launcher open(Path data, String bootstrapServers) {
    return new Launcher(
        "local",
        Map.of(
            "data.dir",
            data.toString(),
            "local.tick",
            "100ms",
            "local.lease",
            "2s",
            "local.report.period",
            "200ms",
            "kafka.send.timeout",
            "1s"),
        Map.of("kafkaConnection", KafkaConnection.plaintext(bootstrapServers)));
  }
}
