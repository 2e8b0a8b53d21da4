package io.streamforge.camel.sql;

import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A query of two columns, a word and a number, as a map. */
public final class Counts {
  private final JdbcTemplate template;
  private final String sql;

  public Counts(DataSource dataSource, String sql) {
    this.template = new JdbcTemplate(dataSource);
    this.sql = sql;
  }

  /** The number of each word. */
  public Map<String, Long> read() {
    Map<String, Long> counts = new TreeMap<>();
    template.query(
        sql,
        row -> {
          counts.put(row.getString(1), row.getLong(2));
        });
    return counts;
  }
}
