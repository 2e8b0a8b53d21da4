package io.streamforge;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laws of the routes: what makes each of them findable, readable and replaceable. */
class RouteCatalogueTest {
  private static final int LONGEST_FILE = 60;
  private static final List<RouteFile> FILES = RouteFile.all();

  /** They configure what routes share. */
  private static final Set<String> WITHOUT_A_ROUTE =
      Set.of(
          "routes/errors.camel.yaml",
          "routes/queues/beans.camel.yaml",
          "routes/queues/queue-api.camel.yaml",
          "routes/launchers/kubernetes/beans.camel.yaml",
          "routes/launchers/local/beans.camel.yaml",
          "routes/stores/arangodb/store.camel.yaml",
          "routes/stores/h2/store.camel.yaml",
          "routes/summaries/bot-api.camel.yaml");

  private static final List<Path> SEAMS =
      List.of(Path.of("routes/stores"), Path.of("routes/launchers"), Path.of("routes/llms"));

  /** Headers that a protocol knows; anything else we have to say is a variable. */
  private static final Set<String> PROTOCOL_HEADERS = Set.of("Retry-After", "Link", "origin");

  @Test
  void every_file_is_valid_and_takes_the_object_where_a_string_would_do() throws IOException {
    JsonNode schema;
    try (var in = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
      schema = new ObjectMapper().readTree(in);
    }
    JsonSchema strict =
        JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(objectsOnly(schema));
    for (RouteFile file : FILES) {
      assertThat(strict.validate(file.tree())).as("%s", file).isEmpty();
    }
  }

  /**
   * The schema, where every choice between a string and an object is no choice, and where it may be
   * a setting whether a route starts, as Camel takes it.
   */
  private static JsonNode objectsOnly(JsonNode schema) {
    for (JsonNode node : schema) {
      if (node.path("autoStartup") instanceof ObjectNode startup) {
        startup.putArray("type").add("boolean").add("string");
      }
      for (JsonNode choice : List.of(node.path("oneOf"), node.path("anyOf"))) {
        boolean object = choice.findValuesAsText("type").contains("object");
        var alternatives = choice.elements();
        while (object && alternatives.hasNext()) {
          if (alternatives.next().path("type").asText().equals("string")) {
            alternatives.remove();
          }
        }
      }
      objectsOnly(node);
    }
    return schema;
  }

  @Test
  void every_file_has_one_route_of_its_name_and_says_what_it_does() {
    for (RouteFile file : FILES) {
      assertThat(file.text()).as("%s begins with a comment", file).startsWith("# ");
      if (WITHOUT_A_ROUTE.contains(file.path().toString())) {
        assertThat(file.routes()).as("%s", file).isEmpty();
        continue;
      }
      assertThat(file.routes()).as("the routes of %s", file).hasSize(1);
      JsonNode route = file.routes().get(0);
      assertThat(route.path("id").asText()).isEqualTo(file.stem());
      assertThat(route.path("description").asText())
          .as("what %s does, in one clause in the present tense", file)
          .matches("[A-Z][a-z]+s\\b[^.;]*[^.;\\s]");
      assertThat(file.text().lines().count())
          .as("lines of %s", file)
          .isLessThanOrEqualTo(LONGEST_FILE);
      assertThat(route.path("from").path("uri").asText())
          .as("a route that is called is called by its name")
          .matches(uri -> !uri.matches("(direct|seda):.*") || uri.endsWith(":" + file.stem()));
    }
    assertThat(WITHOUT_A_ROUTE)
        .allMatch(path -> FILES.stream().anyMatch(file -> file.path().equals(Path.of(path))));
  }

  @Test
  void every_operation_of_the_contract_has_its_route() {
    Set<String> routes =
        FILES.stream()
            .filter(file -> !file.inSeam())
            .flatMap(file -> file.served().stream())
            .collect(toSet());
    List<String> operations =
        RouteFile.files(Path.of("routes"), ".openapi.yaml")
            .flatMap(file -> RouteFile.yaml(file).path("paths").findParents("operationId").stream())
            .filter(operation -> !operation.path("x-without-route").asBoolean())
            .map(operation -> operation.path("operationId").asText())
            .toList();
    assertThat(operations)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(id -> routes.contains("direct:" + id));
  }

  @Test
  void every_route_outside_a_seam_has_a_test_of_its_name() {
    Set<String> tests =
        RouteFile.files(Path.of("src/test/java"), ".java")
            .map(file -> file.getFileName().toString())
            .collect(toSet());
    assertThat(FILES)
        .filteredOn(file -> !file.inSeam() && !file.routes().isEmpty())
        .extracting(file -> testOf(file.stem()))
        .allSatisfy(test -> assertThat(tests).contains(test));
  }

  private static String testOf(String route) {
    StringBuilder name = new StringBuilder();
    for (String word : route.split("-", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name + "Test.java";
  }

  @Test
  void every_adapter_of_a_seam_serves_what_its_table_says_and_hides_the_rest() {
    for (Path seam : SEAMS) {
      Set<String> table = endpoints(seam);
      assertThat(table).as("the table of %s", seam).isNotEmpty();
      Map<Path, List<RouteFile>> adapters =
          FILES.stream()
              .filter(file -> file.path().startsWith(seam))
              .collect(groupingBy(RouteFile::folder));
      assertThat(adapters).isNotEmpty();
      adapters.forEach(
          (adapter, files) -> {
            Set<String> served =
                files.stream().flatMap(file -> file.served().stream()).collect(toSet());
            assertThat(served).as("what %s serves", adapter).containsAll(table);
            Set<String> hidden = new HashSet<>(served);
            hidden.removeAll(table);
            assertThat(FILES)
                .as("only %s itself calls what the table does not name", adapter)
                .filteredOn(file -> !file.folder().equals(adapter))
                .allSatisfy(file -> assertThat(file.called()).noneMatch(hidden::contains));
          });
    }
  }

  private static Set<String> endpoints(Path seam) {
    return RouteFile.find(RouteFile.text(seam.resolve("README.md")), "(?m)^\\| `direct:[a-z-]+`")
        .stream()
        .map(row -> row.substring(3, row.length() - 1))
        .collect(toSet());
  }

  @Test
  void no_host_port_topic_or_wait_is_written_into_a_route() {
    for (RouteFile file : FILES) {
      assertThat(file.find("localhost|\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b|://|:\\d{3,5}\\b"))
          .as("addresses in %s", file)
          .isEmpty();
      assertThat(file.find("uri: \"?kafka:(?!\\{\\{).*")).as("topics in %s", file).isEmpty();
      assertThat(
              file.find(
                  "(?mi)^ +\\S*(ms|period|delay|timeout|interval|patience|grace|pause|lease): \"?[1-9].*"))
          .as("waits in %s", file)
          .isEmpty();
    }
  }

  @Test
  void every_setting_that_a_route_names_exists() {
    Set<String> settings = Settings.load(Path.of(""), Map.of()).properties().stringPropertyNames();
    String java = mainSources();
    for (String text : configurations()) {
      for (String name : placeholders(text)) {
        boolean known =
            name.startsWith("?")
                ? java.contains("\"" + name.substring(1) + "\"")
                : settings.contains(name);
        assertThat(known).as("setting {{%s}}", name).isTrue();
      }
    }
  }

  @Test
  void every_setting_is_used_and_has_a_rule() {
    Set<String> used = new TreeSet<>();
    configurations().forEach(text -> used.addAll(placeholders(text)));
    used.addAll(
        RouteFile.yaml(Path.of("routes/queues/targets.yaml")).findValuesAsText("image_setting"));
    String java = mainSources();
    Predicate<String> isUsed =
        name ->
            used.contains(name) || used.contains(name + ".ms") || java.contains("\"" + name + "\"");
    assertThat(declared())
        .filteredOn(name -> !name.startsWith("camel."))
        .allSatisfy(
            name -> {
              assertThat(isUsed.test(name)).as("%s is used", name).isTrue();
              assertThat(SettingRules.ALL).as("the rule of %s", name).containsKey(name);
            });
    assertThat(declared())
        .as("the settings that have rules")
        .containsAll(SettingRules.ALL.keySet());
  }

  @Test
  void every_setting_is_declared_once() {
    List<String> names =
        RouteFile.find(
            RouteFile.text(Path.of("application.properties")), "(?m)^[a-zA-Z0-9.-]+(?= *=)");
    assertThat(names).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(declared());
  }

  @Test
  void every_setting_has_a_comment_of_its_own_or_of_those_before_it_that_it_belongs_to() {
    String explained = "";
    String before = "";
    for (String line : RouteFile.text(Path.of("application.properties")).lines().toList()) {
      if (line.matches("[a-zA-Z].*")) {
        List<String> words = words(line);
        List<String> shared = words(explained);
        boolean own = before.startsWith("#");
        boolean group =
            !before.isEmpty()
                && (words.get(0).equals(shared.get(0))
                    || words.get(words.size() - 1).equals(shared.get(shared.size() - 1)));
        assertThat(own || group).as("a comment above %s", line).isTrue();
        explained = own ? line : explained;
      }
      before = line;
    }
  }

  private static List<String> words(String line) {
    return List.of(line.replaceFirst(" *=.*", "").split("\\.", -1));
  }

  private static Set<String> declared() {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("application.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TreeSet<>(properties.stringPropertyNames());
  }

  private static List<String> configurations() {
    List<String> texts = new ArrayList<>(FILES.stream().map(RouteFile::text).toList());
    texts.add(RouteFile.text(Path.of("application.properties")));
    return texts;
  }

  private static List<String> placeholders(String text) {
    return RouteFile.find(text, "(?<=\\{\\{)[^}]+(?=}})");
  }

  /** All of them but the rules of the settings, which name every setting. */
  private static String mainSources() {
    return RouteFile.files(Path.of("src/main/java"), ".java")
        .filter(file -> !file.endsWith("SettingRules.java"))
        .map(RouteFile::text)
        .reduce("", String::concat);
  }

  @Test
  void our_own_state_is_in_variables_alone() {
    for (RouteFile file : FILES) {
      assertThat(file.find("setProperty:|removeProperty:|exchangeProperty"))
          .as("properties in %s", file)
          .isEmpty();
      assertThat(file.find("(?<=variable\\.)[a-z]*[A-Z]\\w*"))
          .as("variables in %s", file)
          .isEmpty();
      file.walk((key, node) -> steps(node).ifPresent(steps -> checkHeaders(file, steps)));
    }
  }

  private static Optional<JsonNode> steps(JsonNode node) {
    return node.path("steps").isArray() ? Optional.of(node.path("steps")) : Optional.empty();
  }

  /**
   * A component's header stands right before the step that needs it, and is removed right after.
   */
  private static void checkHeaders(RouteFile file, JsonNode steps) {
    for (int at = 0; at < steps.size(); at++) {
      JsonNode header = steps.get(at).path("setHeader");
      if (header.isMissingNode()) {
        continue;
      }
      String name = header.path("name").asText();
      boolean ofComponent = name.startsWith("Camel") || name.equals("ResultClassType");
      if (ofComponent && !name.equals("CamelHttpResponseCode")) {
        int next = at;
        while (steps.path(next).has("setHeader")) {
          next++;
        }
        assertThat(steps.path(next).has("to") || steps.path(next).has("toD"))
            .as("%s: a step that needs %s follows", file, name)
            .isTrue();
        assertThat(
                steps.path(next + 1).has("removeHeader")
                    || steps.path(next + 1).has("removeHeaders"))
            .as("%s: %s is removed", file, name)
            .isTrue();
      } else if (!name.equals("CamelHttpResponseCode")) {
        assertThat(PROTOCOL_HEADERS).as("%s", file).contains(name);
      }
    }
  }

  @Test
  void the_roles_meet_in_routes_alone() {
    List<String> roles = List.of("queues", "summaries");
    for (String role : roles) {
      Path folder = Path.of("src/main/java/io/streamforge", role);
      Stream<Path> sources =
          Files.isDirectory(folder) ? RouteFile.files(folder, ".java") : Stream.of();
      List<String> others = roles.stream().filter(other -> !other.equals(role)).toList();
      assertThat(sources.map(RouteFile::text))
          .noneMatch(
              text ->
                  others.stream()
                      .anyMatch(other -> text.contains("io.streamforge." + other + ".")));
    }
    assertThat(
            RouteFile.files(Path.of("src/main/java/io/streamforge/camel"), ".java")
                .map(RouteFile::text))
        .as("our Camel pieces know no role")
        .noneMatch(
            text ->
                roles.stream()
                    .anyMatch(role -> text.contains("import io.streamforge." + role + ".")));
  }

  @Test
  void every_endpoint_that_is_called_is_there() {
    Set<String> served = FILES.stream().flatMap(file -> file.served().stream()).collect(toSet());
    for (RouteFile file : FILES) {
      assertThat(served).as("what %s calls", file).containsAll(file.called());
    }
    assertThat(served).containsAll(RouteFile.find(mainSources(), "(?<=\")direct:[a-z-]+(?=\")"));
  }

  @Test
  void every_id_is_there_once() {
    for (Set<RouteFile> together : loadedTogether()) {
      assertThat(together.stream().flatMap(file -> file.tree().findValuesAsText("id").stream()))
          .doesNotHaveDuplicates();
    }
  }

  /** The files that one process loads: one adapter of each seam, here each adapter in turn. */
  private static List<Set<RouteFile>> loadedTogether() {
    List<Path> adapters =
        FILES.stream().filter(RouteFile::inSeam).map(RouteFile::folder).distinct().toList();
    return adapters.stream()
        .map(
            adapter ->
                FILES.stream()
                    .filter(
                        file ->
                            !file.path().startsWith(adapter.getParent())
                                || file.folder().equals(adapter))
                    .filter(file -> !file.inSeam() || firstOrThis(file, adapter, adapters))
                    .collect(toSet()))
        .toList();
  }

  private static boolean firstOrThis(RouteFile file, Path adapter, List<Path> adapters) {
    Path seam = file.folder().getParent();
    Path chosen =
        adapter.startsWith(seam)
            ? adapter
            : adapters.stream().filter(a -> a.startsWith(seam)).findFirst().orElseThrow();
    return file.folder().equals(chosen);
  }

  @Test
  void what_leaves_the_process_has_an_id() {
    for (RouteFile file : FILES) {
      file.walk(
          (key, node) -> {
            String uri = node.path("uri").asText();
            if (Set.of("to", "toD").contains(key) && !uri.matches("(direct|seda|class|bean):.*")) {
              assertThat(node.path("id").asText()).as("%s: %s", file, uri).startsWith("to-");
            }
          });
    }
  }
}
