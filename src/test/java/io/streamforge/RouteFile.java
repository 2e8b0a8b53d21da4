package io.streamforge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of routes: where it lies, its text, and its tree. */
record RouteFile(Path path, String text, JsonNode tree) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String SUFFIX = ".camel.yaml";
  private static final Path FOLDER = Path.of("routes");

  /** All of them. */
  static List<RouteFile> all() {
    return files(FOLDER, SUFFIX).map(RouteFile::read).toList();
  }

  /** The files below a folder whose names end so. */
  static Stream<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static RouteFile read(Path file) {
    return new RouteFile(file, text(file), yaml(file));
  }

  String stem() {
    String name = path.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Whether it lies in an adapter of a seam, {@code routes/<seam>/<adapter>/}. */
  boolean inSeam() {
    return path.getNameCount() == 4;
  }

  /** The folder it lies in. */
  Path folder() {
    return path.getParent();
  }

  List<JsonNode> routes() {
    return tree.findValues("route");
  }

  /** The endpoints that its routes read from, as {@code direct:x} or {@code seda:x}. */
  List<String> served() {
    return routes().stream().map(route -> route.path("from").path("uri").asText()).toList();
  }

  /** The endpoints inside the process that its steps send to. */
  List<String> called() {
    List<String> called = new ArrayList<>();
    walk(
        (key, node) -> {
          if (!key.equals("from") && node.path("uri").asText().matches("(direct|seda):.*")) {
            called.add(node.path("uri").asText());
          }
        });
    return called;
  }

  /** Every object of the tree, with the key that it stands under. */
  void walk(BiConsumer<String, JsonNode> visitor) {
    walk("", tree, visitor);
  }

  private static void walk(String key, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    if (node.isObject()) {
      visitor.accept(key, node);
    }
    if (node.isArray()) {
      node.forEach(element -> walk(key, element, visitor));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      walk(field.getKey(), field.getValue(), visitor);
    }
  }

  /** What the first group of a pattern finds in the text. */
  List<String> find(String pattern) {
    return find(text, pattern);
  }

  static List<String> find(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
