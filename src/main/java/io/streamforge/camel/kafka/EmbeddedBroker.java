package io.streamforge.camel.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker inside this process, for this machine only: it listens on the loopback
 * interface, and its data outlive the process. Its address is known before it is up, so that
 * clients can be set up meanwhile.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final long START_PATIENCE_MS = 10_000;
  private static final long DEAD_PATIENCE_MS = 2_000;

  private final Path directory;
  private final DirectoryLock lock;
  private final LoopbackPort reservation;
  private final int port;
  private final Map<String, String> overrides;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<String> death = new CompletableFuture<>();
  private final BrokerThreads threads = new BrokerThreads(this::gaveUp);
  private @Nullable Thread starter;
  private volatile @Nullable CombinedServer server;

  private EmbeddedBroker(
      Path directory, DirectoryLock lock, LoopbackPort reservation, Map<String, String> overrides) {
    this.directory = directory;
    this.lock = lock;
    this.reservation = reservation;
    this.port = reservation.number();
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * Takes the directory and a port; {@link #start()} does the rest.
   *
   * @param wantedPort tried first; 0, or one that is taken, means a free one
   * @throws IllegalStateException if another process holds the directory; the message says what to
   *     set
   */
  public static EmbeddedBroker open(Path directory, int wantedPort) throws IOException {
    return open(directory, wantedPort, Map.of());
  }

  static EmbeddedBroker open(Path directory, int wantedPort, Map<String, String> overrides)
      throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.acquire(home);
    try {
      EmbeddedBroker broker =
          new EmbeddedBroker(home, lock, LoopbackPort.reserve(wantedPort), overrides);
      lock.announce(broker.bootstrapServers());
      return broker;
    } catch (IOException failure) {
      lock.close();
      throw failure;
    }
  }

  public int port() {
    return port;
  }

  /** Where clients of this machine find it: {@code 127.0.0.1:<port>}. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + port;
  }

  /**
   * Starts in the background. The result is complete when clients are served, and fails with the
   * reason when the broker cannot start.
   */
  public synchronized CompletableFuture<Void> start() {
    if (starter == null) {
      starter = new Thread(threads, this::startServer, "embedded-broker-start");
      starter.setDaemon(true);
      starter.start();
    }
    return started.copy();
  }

  /**
   * Complete once the broker cannot go on, be it in its start or at any time after; the text says
   * why, and what can be done. Nothing but a new process brings it back.
   */
  public CompletableFuture<String> death() {
    return death.copy();
  }

  private void gaveUp(String reason) {
    death.complete(
        "the embedded broker has given up: %s; see to its directory %s (is it there and writable? its disk has %d MB left), then start again"
            .formatted(reason, directory, directory.toFile().getUsableSpace() >> 20));
  }

  private void startServer() {
    try {
      CombinedServer starting = new CombinedServer(directory, port, overrides, threads);
      server = starting;
      reservation.lend();
      starting.start();
      reservation.close();
      started.complete(null);
    } catch (Exception failure) {
      String reason =
          "the embedded broker on " + directory + " cannot start: " + BrokerThreads.reason(failure);
      death.complete(reason);
      stopServer();
      started.completeExceptionally(new IllegalStateException(reason, failure));
    }
  }

  private void stopServer() {
    CombinedServer running = server;
    server = null;
    if (running != null) {
      running.stop();
    }
  }

  /** Stops in order, also in the middle of the start; returns when the directory is free again. */
  @Override
  public synchronized void close() {
    if (death.isDone()) {
      stopDead();
    } else {
      if (starter != null) {
        awaitStart(starter);
      }
      stopServer();
    }
    try {
      reservation.close();
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded broker left " + directory + " locked", failure);
    }
  }

  /** A broker that has given up may wait for ever for what does not run any more. */
  private void stopDead() {
    Thread stop = new Thread(threads, this::stopServer, "embedded-broker-stop");
    stop.setDaemon(true);
    stop.start();
    try {
      stop.join(DEAD_PATIENCE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitStart(Thread start) {
    try {
      start.join(START_PATIENCE_MS);
      if (start.isAlive()) {
        // Kafka takes an interrupted start down again.
        LOG.warn("The embedded broker is still starting and is stopped half-way");
        start.interrupt();
        start.join(START_PATIENCE_MS);
      }
    } catch (InterruptedException interrupted) {
      start.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs it as a process of its own until SIGTERM; arguments: directory and wanted port. Prints one
   * line when it serves clients.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: EmbeddedBroker <directory> <port>");
    }
    EmbeddedBroker broker =
        EmbeddedBroker.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "embedded-broker-stop"));
    var unused =
        broker
            .start()
            .thenRun(
                () -> System.out.println("embedded broker up on " + broker.bootstrapServers()));
    System.err.println(broker.death().join());
    System.exit(1);
  }
}
