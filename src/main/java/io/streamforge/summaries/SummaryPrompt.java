package io.streamforge.summaries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model is told, as it stands in a file that people tune. */
public final class SummaryPrompt {
  private static final Pattern VERSION = Pattern.compile("(?m)^Version: *(\\S+) *$");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+) *$");

  private final String version;
  private final Map<String, String> sections;

  private SummaryPrompt(String version, Map<String, String> sections) {
    this.version = version;
    this.sections = sections;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when the file lacks something; the message says what
   */
  public static SummaryPrompt read(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("the prompt cannot be read: " + file, e);
    }
  }

  static SummaryPrompt of(String text) {
    Matcher version = VERSION.matcher(text);
    if (!version.find()) {
      throw new IllegalArgumentException("the prompt has no line 'Version: ...'");
    }
    Map<String, String> sections = new HashMap<>();
    Matcher heading = SECTION.matcher(text);
    String name = null;
    int from = 0;
    while (heading.find()) {
      if (name != null) {
        sections.put(name, text.substring(from, heading.start()).strip());
      }
      name = heading.group(1);
      from = heading.end();
    }
    if (name != null) {
      sections.put(name, text.substring(from).strip());
    }
    for (String needed : new String[] {"chunk", "part", "merge", "repair"}) {
      if (sections.getOrDefault(needed, "").isEmpty()) {
        throw new IllegalArgumentException("the prompt has no section '## " + needed + "'");
      }
    }
    return new SummaryPrompt(version.group(1) + "-" + hash(text), sections);
  }

  /** The version that the file gives itself and, since people forget that, a hash of it. */
  public String version() {
    return version;
  }

  /**
   * How a part of a discussion is to be summarised.
   *
   * @param points how many key points there may be
   */
  String forChunk(Language language, int points, int number, int of) {
    String part =
        of == 1 ? "" : section("part").replace("{number}", number + "").replace("{of}", of + "");
    return section("chunk")
        .replace("{part}", part)
        .replace("{points}", points + "")
        .replace("{language}", name(language));
  }

  /** How what was found in parts is to be merged. */
  String forMerge(Language language) {
    return section("merge").replace("{language}", name(language));
  }

  /** What is added when an answer could not be used. */
  String forRepair(String problem) {
    return section("repair").replace("{problem}", problem);
  }

  private String section(String name) {
    return sections.getOrDefault(name, "");
  }

  private static String name(Language language) {
    return switch (language) {
      case RU -> "Russian (по-русски)";
      case EN -> "English";
    };
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
