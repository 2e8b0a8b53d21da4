package io.streamforge.camel.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Pages through rows that carry labels, newest first, at a cost that depends on the page and not on
 * how many rows there are.
 *
 * <p>It needs a table of labels with the columns {@code label, created_at, id} and an index on
 * {@code (label, created_at DESC, id DESC)}: each label is then a list that is already in order, of
 * which only the beginning is read.
 */
public final class LabelledRows {
  /** Beyond this many entries a label is common, and it no longer matters which one is walked. */
  private static final int COMMON = 2_000;

  private final JdbcTemplate template;
  private final String labels;
  private final String rows;

  /**
   * @param labels the table of labels
   * @param rows the table with the columns {@code id, document}
   */
  public LabelledRows(DataSource dataSource, String labels, String rows) {
    this.template = new JdbcTemplate(dataSource);
    template.setExceptionTranslator(new AwayTranslator());
    this.labels = labels;
    this.rows = rows;
  }

  /**
   * The documents of the rows that carry one label of each group, older than a position.
   *
   * @param groups at least one group, none of them empty
   * @param limit how many at the most
   * @param createdAt of the last row of the page before, null for the first page
   * @param id of the last row of the page before, null for the first page
   */
  public List<String> page(
      List<List<String>> groups, int limit, @Nullable Instant createdAt, @Nullable String id) {
    List<List<String>> rarestFirst = new ArrayList<>(groups);
    if (groups.size() > 1) {
      rarestFirst.sort(Comparator.comparing(group -> count(group, createdAt)));
    }
    Statement statement = new Statement();
    statement.add("SELECT (SELECT document FROM " + rows + " r WHERE r.id = p.id) AS found FROM (");
    statement.add("SELECT DISTINCT created_at, id FROM (");
    String union = "";
    for (String label : rarestFirst.get(0)) {
      statement.add(union + "(SELECT l.created_at, l.id FROM " + labels + " l WHERE l.label = ?");
      statement.parameters.add(label);
      if (createdAt != null) {
        statement.add(" AND l.created_at <= ? AND (l.created_at < ? OR l.id < ?)");
        Collections.addAll(statement.parameters, createdAt, createdAt, id);
      }
      for (List<String> group : rarestFirst.subList(1, rarestFirst.size())) {
        statement.add(" AND EXISTS (SELECT 1 FROM " + labels + " o WHERE o.label IN (");
        statement.addAll(group);
        statement.add(") AND o.created_at = l.created_at AND o.id = l.id)");
      }
      statement.add(" ORDER BY l.label, l.created_at DESC, l.id DESC LIMIT ?)");
      statement.parameters.add(limit);
      union = " UNION ALL ";
    }
    statement.add(") ORDER BY created_at DESC, id DESC LIMIT ?) p");
    statement.parameters.add(limit);
    statement.add(" ORDER BY p.created_at DESC, p.id DESC");
    return statement.run();
  }

  private int count(List<String> group, @Nullable Instant createdAt) {
    Statement statement = new Statement();
    statement.add("SELECT COUNT(*) AS found FROM (SELECT 1 FROM " + labels + " WHERE label IN (");
    statement.addAll(group);
    statement.add(")");
    if (createdAt != null) {
      statement.add(" AND created_at <= ?");
      statement.parameters.add(createdAt);
    }
    statement.add(" LIMIT " + COMMON + ")");
    return Integer.parseInt(statement.run().get(0));
  }

  /** A statement under construction, with its parameters in order. */
  private final class Statement {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    void add(String part) {
      text.append(part);
    }

    void addAll(List<String> values) {
      text.append(String.join(", ", Collections.nCopies(values.size(), "?")));
      parameters.addAll(values);
    }

    List<String> run() {
      return template.query(
          text.toString(), (row, number) -> Columns.text(row, 1), parameters.toArray());
    }
  }
}
