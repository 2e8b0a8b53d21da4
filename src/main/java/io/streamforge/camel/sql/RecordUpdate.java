package io.streamforge.camel.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * One statement for a record or a list of them, which also tells what camel-sql's batches do not:
 * for which of them it changed nothing.
 */
public final class RecordUpdate {
  private final NamedParameterJdbcTemplate template;
  private final String sql;
  private final String key;

  /**
   * @param sql with parameters that are paths into a record, {@code :next.id}
   * @param key the path to what a record is told by
   */
  public RecordUpdate(DataSource dataSource, String sql, String key) {
    this.template = new NamedParameterJdbcTemplate(dataSource);
    this.sql = sql;
    this.key = key;
  }

  /**
   * Runs the statement for each record and gives back the keys of those it changed nothing for.
   *
   * <p>In the order of the keys, so that two batches that meet in one row never wait for each other
   * in a circle; records of the same key stay in the order they came in.
   */
  public List<String> missed(List<?> rows) {
    List<Object> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(this::keyOf));
    int[] counts =
        template.batchUpdate(
            sql, ordered.stream().map(RecordParameters::new).toArray(RecordParameters[]::new));
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        missed.add(keyOf(ordered.get(i)));
      }
    }
    return missed;
  }

  /** Runs the statement for one record and gives back how many rows it changed. */
  public int update(Object row) {
    return template.update(sql, new RecordParameters(row));
  }

  /** What the records are told by. */
  public List<String> keys(List<?> rows) {
    return rows.stream().map(this::keyOf).toList();
  }

  private String keyOf(Object row) {
    return requireNonNull(Records.value(row, key), "a record without " + key).toString();
  }
}
