package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the body of a request may come as; whatever it is, it becomes a tree of JSON. */
enum MediaType {
  JSON("application/json", "a JSON object") {
    @Override
    JsonNode read(byte[] text) {
      return StrictJson.read(text);
    }
  },

  /** An object of texts; a name that is given several times becomes a list of texts. */
  FORM("application/x-www-form-urlencoded", "a form") {
    @Override
    JsonNode read(byte[] text) {
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      int number = 0;
      for (Map.Entry<String, List<String>> field : decoded(text).entrySet()) {
        List<String> values = field.getValue();
        number += values.size();
        if (values.size() == 1) {
          fields.put(field.getKey(), values.get(0));
        } else {
          values.forEach(fields.putArray(field.getKey())::add);
        }
      }
      if (number > MOST_FIELDS) {
        throw new Refusal(400, "The form has more than " + MOST_FIELDS + " fields");
      }
      return fields;
    }
  };

  private static final int MOST_FIELDS = 1000;

  private final String text;
  private final String words;

  MediaType(String text, String words) {
    this.text = text;
    this.words = words;
  }

  /** As it stands in a header. */
  String text() {
    return text;
  }

  /** What it is to a person. */
  String words() {
    return words;
  }

  /**
   * The body as JSON.
   *
   * @throws Refusal 400 if it is none of this type
   */
  abstract JsonNode read(byte[] text);

  /** Whether a header names it, whatever parameters follow. */
  boolean isNamedBy(@Nullable String contentType) {
    return contentType != null && contentType.split(";", 2)[0].trim().equalsIgnoreCase(text);
  }

  private static Map<String, List<String>> decoded(byte[] form) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(form)).toString();
      return new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS + 1, true)
          .parameters();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "The body is no form: it is not UTF-8 text");
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The body is no form: write a percent sign as %25");
    }
  }
}
