package io.streamforge.faults;

import io.streamforge.camel.sql.SharedH2;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;

/**
 * A process that holds the embedded database, and serves those who find its address in the file.
 */
final class DatabaseProcess implements AutoCloseable {
  private static final String READY = "holding";

  private final Process process;
  private final Path addressFile;

  private DatabaseProcess(Process process, Path addressFile) {
    this.process = process;
    this.addressFile = addressFile;
  }

  /** Starts it; returns when it holds the database. */
  static DatabaseProcess start(Path database) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseProcess.class.getName(),
                database.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); !READY.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new IOException("the process that holds the database has ended");
      }
    }
    return new DatabaseProcess(process, Path.of(database + ".server"));
  }

  /** Holds the database named by the argument until it is killed. */
  public static void main(String[] arguments) throws Exception {
    SharedH2 database = new SharedH2(Path.of(arguments[0]), "h2/schema.sql", Duration.ofSeconds(5));
    try (Connection connection = database.connect()) {
      System.out.println(READY);
      Thread.currentThread().join();
    } finally {
      database.close();
    }
  }

  /** Lets the others find the proxy in its place. */
  void standBefore(FaultProxy proxy) throws IOException {
    String own = Files.readString(addressFile).strip();
    int port = Integer.parseInt(own.substring(own.indexOf(':') + 1, own.indexOf('/')));
    proxy.to(port);
    Files.writeString(addressFile, proxy.address() + own.substring(own.indexOf('/')));
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
