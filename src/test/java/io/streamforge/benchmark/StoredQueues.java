package io.streamforge.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Fills a store with finished queues like one that the service has started. */
public final class StoredQueues {
  /** Rows that one commit writes: with twenty times as many, H2 takes twice as long for each. */
  private static final int CHUNK = 1_000;

  private StoredQueues() {}

  /** Adds so many queues, each a second younger than the one before. */
  public static void fill(DataSource store, String model, int count) throws SQLException {
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
        PreparedStatement listed =
            connection.prepareStatement(
                """
                INSERT INTO queue_label (label, created_at, id)
                SELECT ?3, DATEADD(SECOND, X, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z'),
                  LPAD(X, 8, '0') || '-0000-4000-8000-000000000000'
                FROM SYSTEM_RANGE(?1, ?2)
                """);
        Statement tally = connection.createStatement()) {
      List<String> labels = labels(connection, model);
      for (int from = 1; from <= count; from += CHUNK) {
        int to = Math.min(count, from + CHUNK - 1);
        insert(queues, from, to, model);
        for (String label : labels) {
          insert(listed, from, to, label);
        }
        tally.executeUpdate("INSERT INTO queue_tally VALUES ('finished', " + (to - from + 1) + ")");
      }
    }
  }

  /**
   * What a queue like the model is found by once it has finished; read once, since no index finds
   * labels by their queue.
   */
  private static List<String> labels(Connection connection, String model) throws SQLException {
    List<String> labels = new ArrayList<>();
    try (PreparedStatement of =
        connection.prepareStatement("SELECT label FROM queue_label WHERE id = ?")) {
      of.setString(1, model);
      try (ResultSet rows = of.executeQuery()) {
        while (rows.next()) {
          String label = rows.getString(1);
          labels.add(label.startsWith("status:") ? "status:finished" : label);
        }
      }
    }
    return labels;
  }

  private static void insert(PreparedStatement statement, int from, int to, String value)
      throws SQLException {
    statement.setInt(1, from);
    statement.setInt(2, to);
    statement.setString(3, value);
    statement.executeUpdate();
  }
}
