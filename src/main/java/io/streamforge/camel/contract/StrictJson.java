package io.streamforge.camel.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes JSON; a name given twice or anything behind the value is refused. */
public final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON value.
   *
   * @throws Refusal 400, saying what is wrong and where, if it is not exactly that
   */
  public static JsonNode read(byte[] text) {
    try {
      var value = MAPPER.readTree(text);
      if (value.isMissingNode()) {
        throw new Refusal(400, "The body is empty: send a JSON object");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "The body is not JSON: " + reason(e) + place(e));
    } catch (IOException e) {
      throw new Refusal(400, "The body is not JSON: it is not UTF-8 text");
    }
  }

  public static byte[] write(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A tree of JSON cannot be written", e);
    }
  }

  /** Jackson words this one fault in terms of its own classes. */
  private static String reason(JsonProcessingException e) {
    return e instanceof MismatchedInputException
        ? "something follows the JSON value"
        : e.getOriginalMessage();
  }

  private static String place(JsonProcessingException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }
}
