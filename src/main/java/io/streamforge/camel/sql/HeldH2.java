package io.streamforge.camel.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database file that this process has open.
 *
 * @param anchor the connection that keeps it open
 * @param server what other processes reach it by
 * @param text what the others need to know to do so
 */
record HeldH2(Connection anchor, Server server, String text) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldH2.class);

  /**
   * Serves the open file to the other processes.
   *
   * @throws IOException when they cannot be told where
   */
  static HeldH2 of(Connection anchor, Path file, ServerAddress address)
      throws SQLException, IOException {
    if (!SharedH2.LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
      throw new SQLException("h2.bindAddress must be " + SharedH2.LOOPBACK);
    }
    // Only who can read the address file knows the key, and without it nobody gets in.
    String key = UUID.randomUUID().toString();
    Server server =
        Server.createTcpServer(
                "-tcpPort", "0", "-tcpDaemon", "-ifExists", "-key", key, file.toString())
            .start();
    String text = SharedH2.LOOPBACK + ":" + server.getPort() + "/" + key;
    try {
      address.write(text);
    } catch (IOException e) {
      server.stop();
      throw e;
    }
    return new HeldH2(anchor, server, text);
  }

  /** False once H2 has closed the file under us, as it does when the disk is full. */
  boolean answers() {
    try (var statement = anchor.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      LOG.warn("The database has to be opened again: {}", e.getMessage());
      return false;
    }
  }

  void close(ServerAddress address) {
    try (anchor) {
      server.stop();
      address.remove(text);
    } catch (SQLException | IOException e) {
      LOG.warn("The database was not closed in order: {}", e.getMessage());
    }
  }
}
