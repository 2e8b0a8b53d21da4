package io.streamforge.arango.aql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The double runs what our statements need, and refuses what it would have to guess. */
class StatementTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String run(String statement, String parameters) throws IOException {
    Statement read = new Statement(statement, (ObjectNode) JSON.readTree(parameters));
    return JSON.valueToTree(read.run(new NoDocuments())).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RETURN null < false AND false < 0 AND 9 < \"1\" AND \"z\" < [] AND [] < {}|[true]",
        "FOR i IN [3, 1, 2] SORT i DESC LIMIT 2 RETURN i|[3,2]",
        "RETURN MERGE({a: 1, b: {c: 1}}, {b: {d: 2}})|[{\"a\":1,\"b\":{\"d\":2}}]",
        "RETURN [1 == 1 ? \"yes\" : \"no\", {}.a.b, [1, 2] ANY IN [2], 3 IN [1]]|[[\"yes\",null,true,false]]",
        "FOR n IN [1, 1, 2] COLLECT k = n WITH COUNT INTO c RETURN {[SUBSTRING(\"ab\", 1, 1)]: k + c}|[{\"b\":3},{\"b\":3}]",
        "RETURN SUM(FOR n IN [] RETURN n)|[0]",
        "RETURN [LENGTH(FOR n IN [1, 2] RETURN n), LENGTH([]), LENGTH(\"äb\"), LENGTH(null)]|[[2,0,2,0]]",
        "LET gone = (FOR k IN [\"a\"] REMOVE k IN x OPTIONS {ignoreErrors: true} RETURN OLD) RETURN gone|[[]]",
        "RETURN JSON_PARSE(\"no json\")|[null]",
        "LET a = 1, b = a + 1 RETURN KEEP({a: a, b: b}, \"b\")|[{\"b\":2}]",
      })
  void what_our_statements_use_is_run_as_aql_says(String statement, String rows)
      throws IOException {
    assertThat(run(statement, "{}")).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FOR q IN queue_state",
        "RETURN q",
        "RETURN 1 - 1",
        "RETURN NOT true",
        "RETURN 'single'",
        "RETURN 1 RETRN 2",
        "FOR a IN [1] SORT a ASC RETURN a",
        "FOR a IN [1] REMOVE a",
        "UPSERT {} INSERT {} UPDATE {} IN x",
        "FOR a IN x UPDATE a WITH {} IN x OPTIONS {exclusive: true}",
        "FOR a IN x LIMIT 1, 2 RETURN a",
      })
  void anything_else_is_a_parse_error(String statement) {
    assertRefused(statement, "{}", 1501);
  }

  @Test
  void an_unknown_function_is_refused() {
    assertRefused("RETURN NEWEST(1)", "{}", 1540);
  }

  @Test
  void bind_parameters_must_be_those_that_are_named() {
    assertRefused("RETURN @a", "{}", 1551);
    assertRefused("RETURN @a", "{\"a\": 1, \"b\": 2}", 1552);
  }

  @Test
  void a_collection_is_not_accessed_after_it_was_written() {
    assertRefused(
        "LET w = (FOR a IN x UPDATE a WITH {} IN x RETURN NEW) FOR b IN x RETURN b", "{}", 1579);
    assertRefused(
        "LET w = (FOR i IN [1] INSERT {} INTO x RETURN NEW) FOR i IN [1] INSERT {} INTO x",
        "{}",
        1579);
  }

  @Test
  void what_is_not_there_is_not_removed() {
    assertRefused("FOR k IN [\"a\"] REMOVE k IN x", "{}", 1202);
  }

  @Test
  void a_limit_is_a_number() {
    assertRefused("FOR a IN [1] LIMIT @n RETURN a", "{\"n\": \"1\"}", 1504);
  }

  private static void assertRefused(String statement, String parameters, int number) {
    assertThatThrownBy(() -> run(statement, parameters))
        .as("%s", statement)
        .isInstanceOfSatisfying(
            ArangoError.class, error -> assertThat(error.number()).isEqualTo(number));
  }

  @Test
  void each_of_our_statements_is_short_and_understood() throws IOException {
    List<Path> files;
    try (var all = Files.walk(Path.of("routes/stores/arangodb"))) {
      files = all.filter(file -> file.toString().endsWith(".aql")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      String text = Files.readString(file);
      assertThat(text.lines().count()).as("lines of %s", file).isLessThanOrEqualTo(15);
      assertThat(Parser.parse(text).clauses()).as("%s", file).isNotEmpty();
    }
  }

  /** A database in which nothing is. */
  private static final class NoDocuments implements Documents {
    private final Map<String, ObjectNode> written = new LinkedHashMap<>();

    @Override
    public Collection<ObjectNode> read(String collection) {
      return new ArrayList<>();
    }

    @Override
    public ObjectNode insert(String collection, ObjectNode document) {
      written.put(document.path("_key").asText(), document);
      return document;
    }

    @Override
    public boolean contains(String collection, String key) {
      return written.containsKey(key);
    }

    @Override
    public ObjectNode current(String collection, String key) {
      throw new ArangoError(404, 1202, "document not found");
    }

    @Override
    public ObjectNode replace(String collection, String key, ObjectNode document) {
      return document;
    }

    @Override
    public ObjectNode remove(String collection, String key) {
      throw new ArangoError(404, 1202, "document not found");
    }
  }
}
