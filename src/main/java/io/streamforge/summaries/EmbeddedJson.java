package io.streamforge.summaries;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds a JSON object in a text, whatever stands around it: prose, code fences, other objects.
 * Small slips that models make are overlooked: line ends inside texts, commas before a closing
 * bracket.
 */
final class EmbeddedJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  /** A text with more opening brackets than that before the object is no answer. */
  private static final int MOST_TRIES = 64;

  private EmbeddedJson() {}

  /** The first object that is wanted. */
  static Optional<JsonNode> find(String text, Predicate<JsonNode> wanted) {
    int at = text.indexOf('{');
    for (int tried = 0; at >= 0 && tried < MOST_TRIES; tried++) {
      Optional<JsonNode> found = read(text.substring(at)).filter(wanted);
      if (found.isPresent()) {
        return found;
      }
      at = text.indexOf('{', at + 1);
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return Optional.ofNullable(parser.readValueAsTree());
    } catch (IOException e) {
      return Optional.empty(); // No JSON begins here; the next bracket may.
    }
  }
}
