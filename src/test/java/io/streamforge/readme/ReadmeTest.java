package io.streamforge.readme;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.Settings;
import io.streamforge.readme.Markdown.Title;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README names exists, and both languages say the same. */
class ReadmeTest {
  private static final Markdown ENGLISH = Markdown.read(Path.of("README.md"));
  private static final Markdown RUSSIAN = Markdown.read(Path.of("README.ru.md"));
  private static final String SEARCH_TABLE = "Looking for something?";

  private static final Pattern TYPE = Pattern.compile("([A-Z][a-z0-9]+){2,}");

  private static final Pattern SETTING = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  /** What is written like a setting or a type of this service, and is none. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "ARANGO_TEST_URL",
          "ARANGO_TEST_USER",
          "ARANGO_TEST_PASSWORD",
          "CLEANER_IMAGE",
          "CamelRedelivered",
          "CamelRedeliveryCounter",
          "SASL_SSL",
          "SYNTHETIC_FAIL_AFTER",
          "SYNTHETIC_FAIL_MODE",
          "TimeUtils",
          "TimeoutStopSec");

  private static Stream<Path> pages() {
    return Stream.concat(
        Stream.of(
                "README.md",
                "README.ru.md",
                "CONTRIBUTING.md",
                "routes/launchers/README.md",
                "routes/llms/README.md",
                "routes/stores/README.md")
            .map(Path::of),
        Markdown.pages());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_leads_somewhere(Path file) {
    Markdown page = Markdown.read(file);
    assertThat(page.links().stream().filter(link -> !link.matches("\\w+://.*")))
        .allSatisfy(
            link -> {
              String[] parts = link.split("#", 2);
              Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
              assertThat(target).exists();
              if (parts.length == 2) {
                assertThat(Markdown.read(target).titles())
                    .extracting(Title::anchor)
                    .contains(parts[1]);
              }
            });
  }

  @Test
  void whatever_the_search_table_names_is_there() throws IOException {
    assertThat(ENGLISH.code(SEARCH_TABLE)).hasSizeGreaterThan(20);
    List<Path> files = files();
    for (String name : ENGLISH.code(SEARCH_TABLE)) {
      if (name.contains(" ")) {
        continue;
      }
      String path = name.matches("io\\.streamforge\\..*") ? name.replace('.', '/') : name;
      PathMatcher matcher =
          FileSystems.getDefault()
              .getPathMatcher("glob:{,**/}{%1$s,%1$s.java,%1$s.camel.yaml}".formatted(path));
      assertThat(files.stream().anyMatch(matcher::matches) || isServed(name))
          .as("%s is a file, a folder, a type, a route or a path", name)
          .isTrue();
    }
  }

  private static boolean isServed(String name) {
    return name.equals("/openapi.json");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> top = Files.list(Path.of("")).filter(Files::isRegularFile);
        Stream<Path> routes = Files.walk(Path.of("routes"));
        Stream<Path> sources = Files.walk(Path.of("src"))) {
      return Stream.of(top, routes, sources).flatMap(each -> each).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_type_and_every_setting_that_is_named_exists(Path file) throws IOException {
    Markdown page = Markdown.read(file);
    Set<String> types =
        files().stream()
            .map(each -> each.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(toCollection(TreeSet::new));
    Set<String> settings =
        Settings.load(Path.of(""), Map.of()).properties().stringPropertyNames().stream()
            .map(name -> name.toUpperCase(Locale.ROOT).replace('.', '_'))
            .collect(toCollection(TreeSet::new));
    List<String> named =
        IntStream.range(0, page.titles().size())
            .mapToObj(page::code)
            .flatMap(Collection::stream)
            .filter(name -> !OF_OTHERS.contains(name))
            .toList();
    assertThat(types).containsAll(named.stream().filter(TYPE.asMatchPredicate()).toList());
    assertThat(settings).containsAll(named.stream().filter(SETTING.asMatchPredicate()).toList());
  }

  @Test
  void both_languages_have_the_same_structure_and_the_same_blocks() {
    assertThat(RUSSIAN.titles())
        .extracting(Title::level)
        .containsExactlyElementsOf(ENGLISH.titles().stream().map(Title::level).toList());
    assertThat(RUSSIAN.blocks())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("file", "line")
        .containsExactlyElementsOf(ENGLISH.blocks());
  }

  @Test
  void each_section_names_the_same_things_in_both_languages() {
    for (int title = 0; title < ENGLISH.titles().size(); title++) {
      assertThat(RUSSIAN.code(title))
          .as("between backticks below %s", RUSSIAN.titles().get(title))
          .containsExactlyInAnyOrderElementsOf(ENGLISH.code(title));
    }
  }

  @Test
  void each_language_leads_to_the_other() {
    assertThat(ENGLISH.links().get(0)).isEqualTo("README.ru.md");
    assertThat(RUSSIAN.links().get(0)).isEqualTo("README.md");
  }
}
