package io.streamforge.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A terminal in which commands run, given to bash as a reader would paste them. */
final class Terminal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final long GRACE_SECONDS = 20;

  private final Process shell;
  private final Path output;
  private final Thread lastResort = new Thread(this::destroy);

  private Terminal(Process shell, Path output) {
    this.shell = shell;
    this.output = output;
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /**
   * Begins to run commands.
   *
   * @param environment all that they find in it
   */
  static Terminal open(String commands, Path folder, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile(folder, "terminal", ".log");
      ProcessBuilder bash =
          new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", commands)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      bash.environment().clear();
      bash.environment().putAll(environment);
      return new Terminal(bash.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the commands have ended; returns what they have printed. */
  String await() throws InterruptedException {
    if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no end in " + PATIENCE_SECONDS + " s: " + output());
    }
    if (shell.exitValue() != 0) {
      throw new AssertionError("exit code " + shell.exitValue() + ": " + output());
    }
    return output();
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** All that has been printed so far. */
  String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ProcessHandle> processes() {
    return Stream.concat(shell.descendants(), Stream.of(shell.toHandle())).toList();
  }

  private void destroy() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends what runs there as Ctrl+C does, or as {@code kill -9} when that does not help. */
  void interrupt() {
    List<ProcessHandle> processes = processes();
    processes.forEach(ProcessHandle::destroy);
    CompletableFuture<?> end =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      end.get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException slow) {
      processes.forEach(ProcessHandle::destroyForcibly);
      end.join();
    }
    close();
  }

  /** Ends what runs there as {@code kill -9} does. */
  @Override
  public void close() {
    List<ProcessHandle> processes = processes();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running or has run, and does the same.
    }
  }
}
