package io.streamforge.camel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements over records, and the transaction around them. */
class RecordSqlTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
  private static final String INSERT =
      "record-sql:INSERT INTO ship VALUES (:body.name, :body.builtAt, :body.decks, :body.captain.name)?outcome=COUNT";
  private static final String ALL =
      "record-sql:SELECT * FROM ship ORDER BY name?type=" + Ship.class.getName();

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate template = camel.createProducerTemplate();

  /** A row with an array, and with a record that may be absent. */
  public record Ship(String name, Instant builtAt, List<String> decks, @Nullable Captain captain) {}

  /** A record inside a row. */
  public record Captain(String name) {}

  private static final Ship ADA =
      new Ship("Ada", NOON, List.of("upper", "lower"), new Captain("K"));
  private static final Ship BEE = new Ship("Bee", NOON, List.of(), null);

  @BeforeEach
  void start() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:ships;DB_CLOSE_DELAY=-1");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "DROP ALL OBJECTS; CREATE TABLE ship (name VARCHAR PRIMARY KEY, "
              + "built_at TIMESTAMP(9) WITH TIME ZONE, decks VARCHAR ARRAY, captain_name VARCHAR)");
    }
    camel.getRegistry().bind("database", database);
    camel.getRegistry().bind("transaction", new SqlTransaction(database));
    camel.addRoutes(
        new org.apache.camel.builder.RouteBuilder() {
          @Override
          public void configure() {
            from("direct:both")
                .errorHandler(noErrorHandler())
                .setVariable("second", simple("${body[1]}"))
                .setBody(simple("${body[0]}"))
                .policy("transaction")
                .setVariable("first", simple("${body}"))
                .to(INSERT)
                .setBody(variable("second"))
                .to(INSERT)
                .end();
          }
        });
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void a_record_that_was_written_is_read_as_it_was() {
    assertThat(ask(INSERT, ADA)).isEqualTo(1);
    ask(INSERT, BEE);

    assertThat(ask(ALL, null)).isEqualTo(List.of(ADA, BEE));
  }

  @Test
  void the_first_of_no_rows_is_null() {
    assertThat(ask("record-sql:SELECT name FROM ship WHERE name = :body?outcome=FIRST", "Ada"))
        .isNull();
    ask(INSERT, ADA);
    assertThat(ask("record-sql:SELECT name FROM ship WHERE name = :body?outcome=FIRST", "Ada"))
        .isEqualTo("Ada");
  }

  @Test
  void a_list_is_spread_and_so_is_what_its_elements_have() {
    ask(INSERT, ADA);
    ask(INSERT, BEE);
    String byName = "record-sql:SELECT name FROM ship WHERE name IN (%s) ORDER BY name";

    assertThat(ask(byName.formatted(":body"), List.of("Ada", "Cee"))).isEqualTo(List.of("Ada"));
    assertThat(ask(byName.formatted(":body.name"), List.of(BEE, ADA)))
        .isEqualTo(List.of("Ada", "Bee"));
    assertThat(ask(byName.formatted(":body"), List.of())).isEqualTo(List.of());
  }

  @Test
  void a_batch_tells_for_which_rows_nothing_was_changed() {
    ask(INSERT, ADA);

    assertThat(
            ask(
                "record-sql:UPDATE ship SET captain_name = 'L' WHERE name = :row.name?outcome=MISSED&key=row.name",
                List.of(BEE, ADA)))
        .isEqualTo(List.of("Bee"));
  }

  @Test
  void two_columns_become_a_map() {
    ask(INSERT, ADA);

    assertThat(ask("record-sql:SELECT name, CARDINALITY(decks) FROM ship?outcome=MAP", null))
        .isEqualTo(Map.of("Ada", 2L));
  }

  @Test
  void a_parameter_that_does_not_exist_is_named() {
    assertThatThrownBy(() -> ask("record-sql:SELECT name FROM ship WHERE name = :body.nmae", ADA))
        .hasStackTraceContaining("has no component nmae");
    assertThatThrownBy(() -> ask("record-sql:SELECT name FROM ship WHERE name = :nmae", ADA))
        .hasStackTraceContaining("starts with body, row or variable: nmae");
    assertThatThrownBy(() -> ask("record-sql:SELECT name FROM ship WHERE name = :body.x", "text"))
        .hasStackTraceContaining("java.lang.String is no record");
  }

  @Test
  void what_is_written_in_a_transaction_is_there_together() {
    ask("direct:both", List.of(ADA, BEE));

    assertThat(ask(ALL, null)).isEqualTo(List.of(ADA, BEE));
  }

  @Test
  void what_fails_in_a_transaction_leaves_nothing_behind() {
    ask(INSERT, BEE);

    assertThatThrownBy(() -> ask("direct:both", List.of(ADA, BEE)))
        .hasStackTraceContaining("DuplicateKeyException");

    assertThat(ask(ALL, null)).isEqualTo(List.of(BEE));
  }

  private @Nullable Object ask(String uri, @Nullable Object body) {
    Exchange exchange = template.request(uri, sent -> sent.getMessage().setBody(body));
    if (exchange.getException() != null) {
      throw new IllegalStateException(exchange.getException());
    }
    return exchange.getMessage().getBody();
  }
}
