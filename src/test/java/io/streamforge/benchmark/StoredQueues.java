package io.streamforge.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Fills a store with finished queues like one that the service has started. */
final class StoredQueues {
  private static final int CHUNK = 20_000;

  private StoredQueues() {}

  /** Adds so many queues, each a second younger than the one before. */
  static void fill(DataSource store, String model, int count) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement queues =
            connection.prepareStatement(
                """
                INSERT INTO queue (id, version, status, listed_status, symbol, types, targets,
                  created_at, updated_at, open, live_jobs, document)
                SELECT n.id, m.version, 'finished', 'finished', m.symbol, m.types, m.targets,
                  n.at, n.at, FALSE, 0, REPLACE(m.document, m.id, n.id)
                FROM (SELECT LPAD(X, 8, '0') || '-0000-4000-8000-000000000000' AS id,
                    DATEADD(SECOND, X, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z') AS at
                  FROM SYSTEM_RANGE(?, ?)) AS n, queue AS m WHERE m.id = ?
                """);
        PreparedStatement labels =
            connection.prepareStatement(
                """
                INSERT INTO queue_label (label, created_at, id)
                SELECT CASE WHEN l.label LIKE 'status:%' THEN 'status:finished' ELSE l.label END,
                  DATEADD(SECOND, X, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z'),
                  LPAD(X, 8, '0') || '-0000-4000-8000-000000000000'
                FROM queue_label AS l, SYSTEM_RANGE(?, ?) WHERE l.id = ?
                """);
        Statement tally = connection.createStatement()) {
      for (int from = 1; from <= count; from += CHUNK) {
        int to = Math.min(count, from + CHUNK - 1);
        for (PreparedStatement statement : new PreparedStatement[] {queues, labels}) {
          statement.setInt(1, from);
          statement.setInt(2, to);
          statement.setString(3, model);
          statement.executeUpdate();
        }
        tally.executeUpdate("INSERT INTO queue_tally VALUES ('finished', " + (to - from + 1) + ")");
      }
    }
  }
}
