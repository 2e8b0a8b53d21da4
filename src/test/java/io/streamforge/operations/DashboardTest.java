package io.streamforge.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedService.class)
class DashboardTest {
  private static final Path WEB = Path.of("src/main/resources/web");
  private static final Pattern KEY = Pattern.compile("\\bt\\(\\s*'([^']+)'");
  private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/web/[^\"]+)\"");

  private final RunningService service;

  DashboardTest(RunningService service) {
    this.service = service;
  }

  private static List<String> assets() throws IOException {
    try (Stream<Path> files = Files.walk(WEB)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> WEB.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static List<String> modules() throws IOException {
    return assets().stream().filter(name -> name.endsWith(".js")).toList();
  }

  private static String address(String asset) {
    return asset.equals("index.html") ? "/" : "/web/" + asset;
  }

  private static String type(String asset) {
    return switch (asset.substring(asset.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=UTF-8";
      case "css" -> "text/css;charset=UTF-8";
      case "js" -> "text/javascript;charset=UTF-8";
      case "json" -> "application/json";
      case "svg" -> "image/svg+xml";
      default -> "no type is expected of " + asset;
    };
  }

  private HttpResponse<String> ask(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path)).method(method, BodyPublishers.noBody());
    return service.send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @MethodSource("assets")
  void an_asset_has_its_type_a_strict_policy_and_a_tag(String asset) throws IOException {
    HttpResponse<String> answer = service.get(address(asset));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readString(WEB.resolve(asset)));
    assertThat(header(answer, "Content-Type")).isEqualTo(type(asset));
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy"))
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe", "http:", "https:", "data:", "*");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f-]+\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/web/main.js", "/web/words/ru.json"})
  void head_answers_as_get_without_a_body(String path) {
    HttpResponse<String> answer = ask("HEAD", path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    HttpResponse<String> whole = service.get(path);
    assertThat(header(answer, "ETag")).isEqualTo(header(whole, "ETag"));
    assertThat(header(answer, "Content-Length"))
        .isEqualTo(String.valueOf(whole.body().getBytes(UTF_8).length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/web/main.js", "/web/words/ru.json"})
  void what_has_not_changed_is_not_sent_again(String path) {
    String tag = header(service.get(path), "ETag");
    assertThat(ask("GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(ask("GET", path, "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/web/main.js"})
  void nothing_can_be_sent_to_an_asset(String path) {
    HttpResponse<String> answer = ask("POST", path);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/web",
        "/web/",
        "/web/index.html",
        "/web/lib/",
        "/web/nope.js",
        "/web/../application.properties",
        "/web/%2e%2e/application.properties",
        "/web/..%2f..%2fapplication.properties",
        "/web/..%5capplication.properties",
        "/web/lib/../../../pom.xml",
        "/web//etc/passwd",
        "/hawtio",
        "/hawtio/jolokia"
      })
  void nothing_else_is_below_web(String path) {
    assertThat(service.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void no_asset_refers_to_another_host_or_holds_what_the_policy_forbids(String asset)
      throws IOException {
    String text = Files.readString(WEB.resolve(asset)).replace("http://www.w3.org/2000/svg", "");
    assertThat(text).doesNotContainPattern("(?i)(src|href|url|import|fetch)\\W{0,3}(https?:)?//");
    assertThat(text).doesNotContainPattern("https?://|wss?://");
    assertThat(text)
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    assertThat(text).doesNotContainPattern("(?i)<[^>]+\\s(style|on[a-z]+)=");
  }

  @Test
  void every_module_and_style_that_is_named_is_there() throws IOException {
    Set<String> used = new HashSet<>(Set.of("index.html", "words/en.json", "words/ru.json"));
    var links = LINK.matcher(Files.readString(WEB.resolve("index.html")));
    while (links.find()) {
      used.add(links.group(1).substring("/web/".length()));
    }
    for (String module : modules()) {
      Path file = WEB.resolve(module);
      var imports = IMPORT.matcher(Files.readString(file));
      while (imports.find()) {
        Path named = file.resolveSibling(imports.group(1)).normalize();
        used.add(WEB.relativize(named).toString().replace('\\', '/'));
      }
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(assets());
  }

  @Test
  void both_languages_have_the_same_words_with_the_same_values_in_them() throws IOException {
    JsonNode english = words("en");
    JsonNode russian = words("ru");
    assertThat(keys(russian)).isEqualTo(keys(english));
    for (String key : keys(english)) {
      assertThat(russian.path(key).isObject())
          .as("%s in the other language", key)
          .isEqualTo(english.path(key).isObject());
      assertThat(values(russian.path(key))).as(key).isEqualTo(values(english.path(key)));
    }
  }

  @Test
  void every_number_has_the_forms_that_its_language_has() throws IOException {
    assertThat(words("en"))
        .filteredOn(JsonNode::isObject)
        .isNotEmpty()
        .allSatisfy(forms -> assertThat(keys(forms)).containsExactlyInAnyOrder("one", "other"));
    assertThat(words("ru"))
        .filteredOn(JsonNode::isObject)
        .allSatisfy(
            forms ->
                assertThat(keys(forms)).containsExactlyInAnyOrder("one", "few", "many", "other"));
  }

  @Test
  void all_that_the_page_says_is_in_the_dictionaries() throws IOException {
    Set<String> said = new TreeSet<>();
    for (String module : modules()) {
      var keys = KEY.matcher(Files.readString(WEB.resolve(module)));
      while (keys.find()) {
        said.add(keys.group(1));
      }
    }
    assertThat(said).hasSizeGreaterThan(80);
    assertThat(keys(words("en"))).containsAll(said);
  }

  @Test
  void every_status_field_and_component_has_a_word() throws IOException {
    List<String> needed = new ArrayList<>();
    JsonNode schemas =
        RunningService.json(service.get("/openapi.json")).path("components").path("schemas");
    schemas.path("Status").path("enum").forEach(word -> needed.add("status." + word.asText()));
    schemas.path("SummaryState").path("enum").forEach(word -> needed.add("made." + word.asText()));
    RunningService.json(service.get("/targets"))
        .path("data")
        .forEach(
            target ->
                target.path("fields").forEach(field -> needed.add("field." + field.asText())));
    RunningService.json(service.get("/status"))
        .path("components")
        .fieldNames()
        .forEachRemaining(component -> needed.add("component." + component));
    assertThat(needed).hasSizeGreaterThan(20);
    assertThat(keys(words("en"))).containsAll(needed);
  }

  private static JsonNode words(String language) throws IOException {
    return RunningService.json(Files.readString(WEB.resolve("words/" + language + ".json")));
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The names in braces of a text, or of all forms of one. */
  private static Set<String> values(JsonNode words) {
    Set<String> names = new TreeSet<>();
    var braces = Pattern.compile("\\{\\w+}").matcher(words.toString());
    while (braces.find()) {
      names.add(braces.group());
    }
    return names;
  }
}
