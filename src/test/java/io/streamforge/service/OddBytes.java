package io.streamforge.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * The bytes that a line of requests/invalid stands for: {@code json}, {@code body} (a text, or
 * pairs of text and how often) or {@code body_base64}.
 */
final class OddBytes {
  private OddBytes() {}

  /** All lines of a file of requests/invalid. */
  static Stream<JsonNode> lines(String file) {
    try (var in = OddBytes.class.getResourceAsStream("/requests/invalid/" + file)) {
      return new String(in.readAllBytes(), UTF_8).lines().map(RunningService::json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] of(JsonNode line) {
    if (line.has("json")) {
      return StrictJson.write(line.path("json"));
    }
    if (line.has("body_base64")) {
      return Base64.getDecoder().decode(line.path("body_base64").asText());
    }
    if (!line.path("body").isArray()) {
      return line.path("body").asText().getBytes(UTF_8);
    }
    var text = new ByteArrayOutputStream();
    for (JsonNode part : line.path("body")) {
      text.writeBytes(part.get(0).asText().repeat(part.get(1).asInt()).getBytes(UTF_8));
    }
    return text.toByteArray();
  }
}
