package io.streamforge.camel.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Tells callers that the database is out of reach where it went away under a statement, as when the
 * process that holds it stops. To Spring the codes of H2 for that are of no kind.
 */
final class AwayTranslator implements SQLExceptionTranslator {
  private final SQLExceptionTranslator others = new SQLExceptionSubclassTranslator();

  @Override
  public @Nullable DataAccessException translate(
      String task, @Nullable String sql, SQLException failure) {
    return BrokenConnections.isBehind(failure)
        ? new DataAccessResourceFailureException(
            "the database went away: " + failure.getMessage(), failure)
        : others.translate(task, sql, failure);
  }
}
