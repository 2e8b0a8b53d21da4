package io.streamforge.camel.sql;

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
 *
 * <p>Nothing is opened before the first connection is asked for: Camel may make a bean of a YAML
 * file twice and drop the first one.
 */
public final class SharedH2DataSource extends HikariDataSource {
  private final SharedH2 database;

  /**
   * @param file the database without its ending .mv.db
   * @param schema the class path resource of the script that makes the schema
   * @param connections how many at the most
   * @param patience how long a caller waits for a connection, a lock or an answer
   */
  public SharedH2DataSource(String file, String schema, int connections, Duration patience) {
    database = new SharedH2(Path.of(file), schema, patience);
    setPoolName("store");
    setMaximumPoolSize(connections);
    setMinimumIdle(1);
    setConnectionTimeout(patience.toMillis());
    setValidationTimeout(patience.toMillis());
    // The pool is made even if the database cannot be reached: callers then wait at the same time,
    // not in turn.
    setInitializationFailTimeout(-1);
    setExceptionOverride(new BrokenConnections());
    setDataSource(new Connections(database, patience));
  }

  @Override
  public void close() {
    super.close();
    database.close();
  }

  private static final class Connections extends AbstractDataSource {
    private final SharedH2 database;
    private final Duration patience;

    Connections(SharedH2 database, Duration patience) {
      this.database = database;
      this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return database.connect();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    /** The pool waits that long for an opening under way when it is closed. */
    @Override
    public int getLoginTimeout() {
      return Math.toIntExact(Math.max(1, patience.toSeconds()));
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // The patience is the limit.
    }
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
