package io.streamforge.stores;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A process of its own that saves queues without end; it knows which ones were answered for. */
final class SavingProcess implements AutoCloseable {
  private final Process process;
  private final Set<String> saved = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Thread reader;

  SavingProcess(Path home) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SavingProcess.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    reader = new Thread(this::read, "saved queues");
    reader.start();
  }

  /**
   * Saves queues in the folder named by the argument; prints the id of each that was answered for.
   */
  public static void main(String[] arguments) {
    Store store = new Store("h2", Map.of("data.dir", arguments[0], "h2.patience", "2s"));
    while (true) {
      var queue = Fixtures.queue();
      try {
        store.saveQueue(queue);
      } catch (RuntimeException e) {
        // It has no answer for this one; the next one has a new id.
        continue;
      }
      System.out.println("saved " + queue.id());
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null) {
        if (line.matches("saved [-0-9a-f]{36}")) {
          saved.add(line.substring("saved ".length()));
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ids answered for up to now. */
  List<String> saved() {
    synchronized (saved) {
      return List.copyOf(saved);
    }
  }

  /** Kills it as kill -9 does, and gives back all that it was answered for. */
  List<String> kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
    return saved();
  }

  /** Returns when all its threads stand still, which a signal alone does not wait for. */
  void freeze() throws Exception {
    signal("STOP");
    await().pollInterval(Duration.ofMillis(5)).until(this::isFrozen);
  }

  private boolean isFrozen() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (!stat.substring(stat.lastIndexOf(')') + 1).startsWith(" T")) {
          return false;
        }
      }
      return true;
    }
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " ended with " + code);
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
