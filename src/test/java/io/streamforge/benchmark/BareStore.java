package io.streamforge.benchmark;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * The calls that the service makes to its store for two requests, by plain JDBC and nothing else:
 * the rows of a start are those of a queue that the service has started, under another id.
 */
final class BareStore {
  private static final int SHORT_ID_LENGTH = 13;
  private static final String QUEUE_COLUMNS =
      "version, status, symbol, types, targets, live_jobs, document";

  private final DataSource store;
  private final String model;
  private final Object[] queue;
  private final List<Object[]> jobs;
  private final Object[] labels;

  private BareStore(
      DataSource store, String model, Object[] queue, List<Object[]> jobs, Object[] labels) {
    this.store = store;
    this.model = model;
    this.queue = queue;
    this.jobs = jobs;
    this.labels = labels;
  }

  /** Takes its rows from the queue of that id. */
  static BareStore like(DataSource store, String id) throws SQLException {
    try (Connection connection = store.getConnection()) {
      String where = " WHERE id = '" + id + "'";
      Object[] queue = rows(connection, "SELECT " + QUEUE_COLUMNS + " FROM queue" + where).get(0);
      List<Object[]> jobs =
          rows(connection, "SELECT name, document FROM job WHERE queue_id = '" + id + "'");
      List<Object> labels = new ArrayList<>();
      rows(connection, "SELECT label FROM queue_label" + where).forEach(row -> labels.add(row[0]));
      return new BareStore(store, id, queue, jobs, labels.toArray());
    }
  }

  private static List<Object[]> rows(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet found = statement.executeQuery()) {
      List<Object[]> rows = new ArrayList<>();
      while (found.next()) {
        Object[] row = new Object[found.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
          Object value = found.getObject(i + 1);
          row[i] = value instanceof java.sql.Clob ? found.getString(i + 1) : value;
          row[i] = value instanceof java.sql.Array array ? (Object[]) array.getArray() : row[i];
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** The document of a queue. */
  String document(String id) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT document FROM queue WHERE id = ?")) {
      statement.setString(1, id);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return requireNonNull(found.getString(1));
      }
    }
  }

  /** Keeps a queue and its jobs, reads it and brings it to its next version. */
  String start() throws SQLException {
    String id = UUID.randomUUID().toString();
    String document = requireNonNull(queue[6]).toString().replace(model, id);
    try (Connection connection = store.getConnection()) {
      query(connection, "SELECT COALESCE(SUM(live_jobs), 0) FROM queue WHERE open");
    }
    transaction(connection -> insertQueue(connection, id, document));
    transaction(connection -> insertJobs(connection, id));
    try (Connection connection = store.getConnection()) {
      query(
          connection,
          "SELECT q.* FROM (SELECT DISTINCT short_id FROM UNNEST(CAST(? AS VARCHAR ARRAY)) AS"
              + " u(short_id)) AS s JOIN queue AS q ON q.id >= s.short_id AND q.id < s.short_id ||"
              + " '~'",
          (Object) new Object[] {id.substring(0, SHORT_ID_LENGTH)});
    }
    transaction(connection -> updateQueue(connection, id, document));
    return id;
  }

  /**
   * Measures beside no open queues: thousands of them, more than a service ever has, would make the
   * sum of their jobs outweigh all else.
   */
  Measured afterClosingAll(Callable<Measured> round) throws Exception {
    transaction(
        connection -> run(connection, "UPDATE queue SET open = FALSE, live_jobs = 0 WHERE open"));
    return round.call();
  }

  private void insertQueue(Connection connection, String id, String document) throws SQLException {
    run(
        connection,
        "UPDATE queue SET claim_key = NULL, claim_body_hash = NULL, claim_expires_at = NULL WHERE"
            + " claim_key = ? AND claim_expires_at <= CURRENT_TIMESTAMP(9)",
        "");
    run(
        connection,
        "INSERT INTO queue (id, version, status, listed_status, symbol, types, targets,"
            + " created_at, updated_at, open, live_jobs, claim_key, claim_body_hash,"
            + " claim_expires_at, document) VALUES (?, 1, 'pending', 'pending', ?, ?, ?,"
            + " CURRENT_TIMESTAMP(9), CURRENT_TIMESTAMP(9), TRUE, ?, NULL, NULL, NULL, ?)",
        id,
        queue[2],
        queue[3],
        queue[4],
        queue[5],
        document);
    run(
        connection,
        "INSERT INTO queue_label (label, created_at, id) SELECT l.label, q.created_at, q.id FROM"
            + " queue AS q, UNNEST(CAST(? AS VARCHAR ARRAY)) AS l(label) WHERE q.id = ?",
        labels,
        id);
    run(connection, "INSERT INTO queue_tally (status, n) VALUES (?, 1)", "pending");
  }

  private void insertJobs(Connection connection, String id) throws SQLException {
    String digits = id.replace("-", "").substring(0, 12);
    String modelDigits = model.replace("-", "").substring(0, 12);
    for (Object[] job : jobs) {
      String name = requireNonNull(job[0]).toString().replace(modelDigits, digits);
      run(
          connection,
          "MERGE INTO job AS j USING (SELECT CAST(? AS VARCHAR) AS name) AS n ON j.name = n.name"
              + " WHEN NOT MATCHED THEN INSERT (name, queue_id, version, is_over, owner,"
              + " lease_until, document) VALUES (n.name, ?, 1, FALSE, NULL, NULL, ?)",
          name,
          id,
          job[1]);
    }
  }

  private void updateQueue(Connection connection, String id, String document) throws SQLException {
    run(
        connection,
        "UPDATE queue SET version = 2, status = ?, updated_at = CURRENT_TIMESTAMP(9), open = TRUE,"
            + " live_jobs = ?, document = ? WHERE id = ? AND version = 1",
        queue[1],
        queue[5],
        document,
        id);
    query(connection, "SELECT COUNT(*) FROM queue WHERE id IN (?) AND status <> listed_status", id);
    run(
        connection,
        "MERGE INTO queue_label AS l USING (SELECT * FROM queue WHERE id IN (?) AND status <>"
            + " listed_status) AS q ON l.label = 'status:' || q.listed_status AND l.created_at ="
            + " q.created_at AND l.id = q.id WHEN MATCHED THEN UPDATE SET label = 'status:' ||"
            + " q.status",
        id);
    run(
        connection,
        "INSERT INTO queue_tally (status, n) SELECT listed_status, -1 FROM queue WHERE id IN (?)"
            + " AND status <> listed_status UNION ALL SELECT status, 1 FROM queue WHERE id IN (?)"
            + " AND status <> listed_status",
        id,
        id);
    run(
        connection,
        "UPDATE queue SET listed_status = status WHERE id IN (?) AND status <> listed_status",
        id);
  }

  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private void transaction(Work work) throws SQLException {
    try (Connection connection = store.getConnection()) {
      connection.setAutoCommit(false);
      work.run(connection);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  private static void query(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      try (ResultSet found = statement.executeQuery()) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          found.getString(columns);
        }
      }
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
