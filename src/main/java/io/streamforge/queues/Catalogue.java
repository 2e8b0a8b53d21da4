package io.streamforge.queues;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The programs that a step can run, as the operator's catalogue file lists them. */
public final class Catalogue {
  private final List<Target> listed;
  private final Map<String, Target> targets;

  /**
   * Types of a target that end by themselves, or that do not; {@code *} stands for one or more
   * letters, digits or {@code _}.
   */
  public record Types(List<String> bounded, List<String> endless) {
    public Types(@Nullable List<String> bounded, @Nullable List<String> endless) {
      this.bounded = bounded == null ? List.of() : List.copyOf(bounded);
      this.endless = endless == null ? List.of() : List.copyOf(endless);
    }
  }

  /**
   * One program.
   *
   * @param imageSetting the setting that names its container image
   * @param fields what a step may say beyond target, type and image
   * @param env more environment variables for its job
   * @param envFrom ConfigMaps and Secrets whose entries become environment variables, as in a pod's
   *     manifest
   * @param resources requests and limits, as in a pod's manifest; null for those of the settings
   * @param command what to run instead of the image's own entry point
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Target(
      String name,
      @JsonProperty(required = true) Role role,
      @JsonProperty(required = true) String imageSetting,
      @JsonProperty(required = true) Types types,
      Set<String> fields,
      Map<String, String> env,
      List<JsonNode> envFrom,
      @Nullable JsonNode resources,
      List<String> command) {
    public Target(
        String name,
        Role role,
        String imageSetting,
        Types types,
        @Nullable Set<String> fields,
        @Nullable Map<String, String> env,
        @Nullable List<JsonNode> envFrom,
        @Nullable JsonNode resources,
        @Nullable List<String> command) {
      this.name = name;
      this.role = role;
      this.imageSetting = imageSetting;
      this.types = types;
      this.fields = fields == null ? Set.of() : Set.copyOf(fields);
      this.env = env == null ? Map.of() : Map.copyOf(env);
      this.envFrom = envFrom == null ? List.of() : List.copyOf(envFrom);
      this.resources = resources;
      this.command = command == null ? List.of() : List.copyOf(command);
    }

    /**
     * Whether a step of that type runs until it is stopped; empty when the target does not take the
     * type.
     */
    public Optional<Boolean> isEndless(String type) {
      if (types.bounded().stream().anyMatch(pattern -> matches(pattern, type))) {
        return Optional.of(false);
      }
      return types.endless().stream().anyMatch(pattern -> matches(pattern, type))
          ? Optional.of(true)
          : Optional.empty();
    }

    /** The types it takes, for a message to a client. */
    public String typesInWords() {
      return String.join(", ", types.bounded())
          + (types.bounded().isEmpty() || types.endless().isEmpty() ? "" : ", ")
          + String.join(", ", types.endless());
    }
  }

  private record File(@JsonProperty(required = true) List<Target> targets) {}

  private Catalogue(List<Target> targets) {
    listed = List.copyOf(targets);
    this.targets =
        targets.stream().collect(Collectors.toUnmodifiableMap(Target::name, Function.identity()));
  }

  /** Reads the catalogue; an unknown word in it is an error that names the word. */
  public static Catalogue read(Path file) {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try {
      return new Catalogue(yaml.readValue(file.toFile(), File.class).targets());
    } catch (IOException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "the catalogue of targets " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The target of that name. */
  public Optional<Target> target(String name) {
    return Optional.ofNullable(targets.get(name));
  }

  /** All targets, in the order of the file. */
  public List<Target> targets() {
    return listed;
  }

  /** The names of all targets, in the order of the alphabet. */
  public List<String> names() {
    return targets.keySet().stream().sorted().toList();
  }

  /**
   * Whether the text matches a pattern in which {@code *} stands for one or more letters, digits or
   * {@code _}.
   */
  private static boolean matches(String pattern, String text) {
    String expression =
        List.of(pattern.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .collect(Collectors.joining("[a-zA-Z0-9_]+"));
    return text.matches(expression);
  }
}
