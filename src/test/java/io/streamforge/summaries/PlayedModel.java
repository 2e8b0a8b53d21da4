package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model that does as it is told: it finds a point in each post, and merges by the first words.
 */
final class PlayedModel {
  static final ObjectMapper JSON = new ObjectMapper();

  private PlayedModel() {}

  static LlmAnswer answer(LlmQuestion question) {
    return text(isMerge(question) ? merged(question).toString() : findings(question).toString());
  }

  static LlmAnswer text(String text) {
    return new LlmAnswer(text, OptionalInt.of(100), OptionalInt.of(10), false);
  }

  static boolean isMerge(LlmQuestion question) {
    return question.system().contains("was summarised in parts");
  }

  static boolean isRepair(LlmQuestion question) {
    return question.system().contains("could not be used");
  }

  /** The objects of the lines that it was given. */
  static List<JsonNode> lines(LlmQuestion question) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : question.user().lines().toList()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (IOException e) {
        throw new IllegalArgumentException("a line is no JSON", e);
      }
    }
    return lines;
  }

  private static ObjectNode findings(LlmQuestion question) {
    ObjectNode answer = JSON.createObjectNode();
    List<JsonNode> lines = lines(question);
    ArrayNode points = answer.putArray("key_points");
    for (JsonNode line : lines) {
      points
          .addObject()
          .put("text", line.path("text").asText())
          .put("post", line.path("post").asInt());
    }
    JsonNode first = lines.get(0);
    answer.putArray("topics").add("topic of " + first.path("post").asInt());
    answer
        .putArray("tasks")
        .addObject()
        .put("text", "do what is said")
        .put("owner", first.path("user").asText())
        .put("due", "Friday")
        .put("post", first.path("post").asInt());
    answer.putArray("conclusions").add("conclusion of " + first.path("post").asInt());
    return answer;
  }

  private static ObjectNode merged(LlmQuestion question) {
    int parts = lines(question).size();
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("topics").add("topic of " + parts + " parts");
    answer.putArray("conclusions").add("conclusion of " + parts + " parts");
    return answer;
  }
}
