package io.streamforge.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.streamforge.camel.sql.SharedH2DataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** However many summaries there are, a statement looks at those that it is about. */
class H2SummaryPlanTest {
  @TempDir private static Path folder;
  private static SharedH2DataSource source;
  private static JdbcTemplate template;

  @BeforeAll
  static void fill() {
    source =
        new SharedH2DataSource(
            folder.resolve("streamforge").toString(), "h2/schema.sql", 2, Duration.ofSeconds(4));
    template = new JdbcTemplate(source);
    template.execute(
        """
          INSERT INTO summary SELECT 'id' || x, 1, x > 1990, 's' || MOD(x, 5), 't' || x, 'c' || MOD(x, 50),
            'r' || MOD(x, 50), NULL, TRUE, CURRENT_TIMESTAMP, CASE WHEN x > 1990 THEN CURRENT_TIMESTAMP END, CURRENT_TIMESTAMP, '{}' FROM SYSTEM_RANGE(1, 2000)
          """);
  }

  @AfterAll
  static void close() {
    source.close();
  }

  @ParameterizedTest
  @CsvSource({
    "load-summary, PRIMARY_KEY",
    "find-summary-rival, PRIMARY_KEY",
    "find-summary-rival, SUMMARY_BY_LEAD",
    "update-summary, PRIMARY_KEY",
    "list-thread-summaries, SUMMARY_BY_THREAD",
    "list-due-summaries, SUMMARY_BY_DUE",
    "measure-load, SUMMARY_BY_DUE",
    "measure-load, SUMMARY_BY_REQUESTER",
    "measure-load, SUMMARY_BY_CHANNEL",
    "page-summaries, SUMMARY_BY_THREAD",
    "page-summaries, SUMMARY_BY_STATE",
    "page-summaries, SUMMARY_IN_ORDER",
    "purge-summaries, SUMMARY_BY_EXPIRY",
  })
  void a_statement_walks_an_index_and_sorts_nothing(String route, String index) throws Exception {
    StringBuilder plans = new StringBuilder();
    for (String sql : statements(route)) {
      String plan = template.queryForObject("EXPLAIN " + literal(route, sql), String.class);
      assertThat(plan).doesNotContain("tableScan");
      if (sql.contains("ORDER BY") && !sql.contains("ARRAY")) {
        assertThat(plan).contains("/* index sorted */");
      }
      plans.append(plan);
    }
    assertThat(plans.toString()).contains(index);
  }

  private static List<String> statements(String route) throws Exception {
    Path file = Path.of("routes/stores/h2/" + route + ".camel.yaml");
    return new ObjectMapper(new YAMLFactory())
        .readTree(file.toFile()).findValuesAsText("uri").stream()
            .filter(uri -> uri.startsWith("record-sql:"))
            .map(uri -> uri.substring("record-sql:".length()))
            .toList();
  }

  /** The statement with values in the place of its parameters. */
  private static String literal(String route, String sql) {
    boolean time = route.contains("due") || route.contains("purge");
    return sql.replaceAll(":body\\.limit", "5")
        .replaceAll(":[a-z.]*(createdAt|dueAt|expiresAt|since)", "CURRENT_TIMESTAMP")
        .replaceAll(":[a-zA-Z_.]*([vV]ersion)", "1")
        .replaceAll(":body\\.next\\.(open|counted)", "TRUE")
        .replaceAll(":body(?!\\.)", time ? "CURRENT_TIMESTAMP" : "'x'")
        .replaceAll(":(body|variable)[a-zA-Z_.]+", "'x'");
  }
}
