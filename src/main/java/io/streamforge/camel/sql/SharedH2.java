package io.streamforge.camel.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 database file that the processes of one machine share. Whoever gets the operating system's
 * lock on the file opens it and serves the others over loopback; when it ends, however it ends, the
 * lock is free at once and the next one that wants a connection takes its place.
 *
 * <p>H2's own AUTO_SERVER does the same with a lock file, which after a kill costs a new holder
 * more than three seconds, listens on all interfaces, and closes the database from a shutdown hook
 * while requests are still being served.
 */
public final class SharedH2 implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedH2.class);
  static final String LOOPBACK = "127.0.0.1";
  private static final String USER = "sa";
  private static final long PAUSE_MILLIS = 20;

  static {
    // H2 reads these once, when it is loaded. Without the first its server listens on all
    // interfaces, and without the
    // second it knocks for a second and a half where nobody has answered.
    System.setProperty("h2.bindAddress", LOOPBACK);
    System.setProperty("h2.socketConnectRetry", "0");
  }

  private final Path file;
  private final String schema;
  private final Duration patience;
  private final ServerAddress address;
  private final String settings;
  private volatile @Nullable HeldH2 held;
  private volatile boolean closed;

  /**
   * @param file the database without its ending .mv.db; its folder is made
   * @param schema the class path resource of a script that may be run any number of times; whoever
   *     opens the file runs it before anybody else gets a connection
   * @param patience how long to try for a connection, and how long to wait for an answer over it
   */
  public SharedH2(Path file, String schema, Duration patience) {
    this.file = file.toAbsolutePath().normalize();
    this.schema = schema;
    this.patience = patience;
    this.address = new ServerAddress(Path.of(this.file + ".server"));
    if (this.file.toString().contains(";")) {
      throw new IllegalArgumentException("a database path must not contain a semicolon: " + file);
    }
    // WRITE_DELAY=0: a commit is in the file before it is answered, so that it outlives a kill.
    // QUERY_CACHE_SIZE: all our statements stay parsed, the default keeps eight.
    // PAGE_SIZE: what a commit writes is a handful of pages; a quarter of the default halves it.
    // TRACE_LEVEL_FILE=0: H2 would write each failure, which the caller gets anyway, to a file of
    // its own.
    this.settings =
        ";WRITE_DELAY=0;PAGE_SIZE=1024;QUERY_CACHE_SIZE=64;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT="
            + patience.toMillis();
  }

  /**
   * A new connection, to the file or to the process that holds it.
   *
   * @throws SQLException when within the patience neither the file nor its holder could be reached
   */
  public Connection connect() throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      if (closed) {
        throw new SQLException("the store is closed");
      }
      HeldH2 current = held;
      if (current != null && current.answers()) {
        return open();
      }
      try {
        Connection joined = current == null ? join() : null;
        return joined != null ? joined : hold();
      } catch (SQLException e) {
        if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
          throw e;
        }
        if (System.nanoTime() > deadline) {
          throw new SQLException(
              "the process that holds " + file + " does not answer; end it or wait for it");
        }
      }
      pause();
    }
  }

  /** Lets go of the file; the other processes go on without this one. */
  @Override
  public synchronized void close() {
    closed = true;
    release();
  }

  /** A connection to the process that says it holds the file, null when there is none. */
  private @Nullable Connection join() {
    try {
      String server = address.read();
      return server == null
          ? null
          : DriverManager.getConnection(
              "jdbc:h2:tcp://" + server + ";NETWORK_TIMEOUT=" + patience.toMillis() + settings,
              USER,
              "");
    } catch (SQLException | IOException e) {
      LOG.debug("Nobody answers at {}, trying the file itself", address, e);
      return null;
    }
  }

  private synchronized Connection hold() throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
    HeldH2 current = held;
    if (current == null || !current.answers()) {
      release();
      Connection anchor = openForAll();
      try {
        held = HeldH2.of(anchor, file, address);
      } catch (SQLException | IOException e) {
        anchor.close();
        throw new SQLException("cannot serve " + file + " to other processes: " + e, e);
      }
      LOG.info("Holding {}", file);
    }
    return open();
  }

  private Connection openForAll() throws SQLException {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw new SQLException("cannot make the folder of " + file + ": " + e, e);
    }
    Connection anchor = open();
    try (var statement = anchor.createStatement()) {
      statement.execute("RUNSCRIPT FROM 'classpath:" + schema + "'");
      return anchor;
    } catch (SQLException e) {
      anchor.close();
      throw e;
    }
  }

  /** FILE_LOCK=FS: no lock file of H2's, only the lock that the system frees with the process. */
  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + file + ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE" + settings, USER, "");
  }

  private synchronized void release() {
    HeldH2 current = held;
    held = null;
    if (current != null) {
      current.close(address);
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the store", e);
    }
  }
}
