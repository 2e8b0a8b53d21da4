package io.streamforge.camel.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A pool of connections to a {@link SharedH2}; those that the end of its holder broke are replaced.
 */
public final class SharedH2DataSource extends HikariDataSource {
  private final SharedH2 database;

  private SharedH2DataSource(SharedH2 database, int connections, Duration patience) {
    super(config(database, connections, patience));
    this.database = database;
  }

  /**
   * Opens the database, or joins the process that holds it.
   *
   * @param file the database without its ending .mv.db
   * @param schema the class path resource of the script that makes the schema
   * @param connections how many at the most
   * @param patience how long a caller waits for a connection, a lock or an answer
   */
  public static SharedH2DataSource open(
      String file, String schema, int connections, Duration patience) {
    SharedH2 database = new SharedH2(Path.of(file), schema, patience);
    try {
      return new SharedH2DataSource(database, connections, patience);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void close() {
    super.close();
    database.close();
  }

  private static HikariConfig config(SharedH2 database, int connections, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.toMillis());
    config.setValidationTimeout(patience.toMillis());
    config.setExceptionOverride(new BrokenConnections());
    config.setDataSource(
        new AbstractDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return database.connect();
          }

          @Override
          public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
          }
        });
    return config;
  }

  /** H2's SQL states do not tell a broken connection, its error codes do. */
  private static final class BrokenConnections implements SQLExceptionOverride {
    private static final Set<Integer> CODES =
        Set.of(
            ErrorCode.CONNECTION_BROKEN_1,
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.OBJECT_CLOSED,
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2);

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
      return CODES.contains(exception.getErrorCode())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
