package io.streamforge.summaries;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** What is whole of the first object that is wanted, in a text that ends in the middle of it. */
  static Optional<JsonNode> findBegun(String text, Predicate<JsonNode> wanted) {
    int at = text.indexOf('{');
    for (int tried = 0; at >= 0 && tried < MOST_TRIES; tried++) {
      Optional<JsonNode> found = readBegun(text.substring(at)).filter(wanted);
      if (found.isPresent()) {
        return found;
      }
      at = text.indexOf('{', at + 1);
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> readBegun(String text) {
    Deque<JsonToken> open = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(text);
        TokenBuffer read = new TokenBuffer(parser)) {
      boolean named = copy(parser, read, open);
      if (named) {
        read.writeNull();
      }
      while (!open.isEmpty()) {
        if (open.pop() == JsonToken.START_OBJECT) {
          read.writeEndObject();
        } else {
          read.writeEndArray();
        }
      }
      return Optional.ofNullable(JSON.readTree(read.asParser()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Until the text ends; tells whether that was between a name and its value. */
  private static boolean copy(JsonParser parser, TokenBuffer read, Deque<JsonToken> open)
      throws IOException {
    boolean named = false;
    while (true) {
      try {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return named;
        }
        read.copyCurrentEvent(parser);
        named = token == JsonToken.FIELD_NAME;
        if (token.isStructStart()) {
          open.push(token);
        } else if (token.isStructEnd()) {
          open.pop();
          if (open.isEmpty()) {
            return false;
          }
        }
      } catch (JsonProcessingException end) {
        return named;
      }
    }
  }

  private static Optional<JsonNode> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return Optional.ofNullable(parser.readValueAsTree());
    } catch (IOException e) {
      return Optional.empty(); // No JSON begins here; the next bracket may.
    }
  }
}
