package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.LlmDouble.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How questions are read and answers written in one of the wire formats. */
interface LlmWire {
  ObjectMapper JSON = JsonMapper.builder().build();
  Set<String> ROLES = Set.of("system", "user", "assistant", "tool", "developer");

  /**
   * A question that can be answered.
   *
   * @param stream whether it is answered piece by piece
   * @param usage whether a stream ends with the count of tokens
   * @param think whether the model may think
   * @param longest how many tokens the answer may have
   */
  record Asked(
      LlmDouble.Question question,
      boolean stream,
      boolean usage,
      boolean think,
      int longest,
      int promptTokens) {}

  /** A request that real servers refuse too. */
  final class Refused extends Exception {
    final int status;
    final String parameter;

    Refused(int status, String message, String parameter) {
      super(message);
      this.status = status;
      this.parameter = parameter;
    }
  }

  Asked read(JsonNode body, LlmModel model) throws Refused;

  String error(int status, String message, String parameter);

  String streamType();

  /** What is sent at once, before the model has said anything; empty: not even the headers. */
  String opening();

  String piece(Asked asked, LlmSpeech.Piece piece);

  /** All that follows the last piece. */
  String ending(Asked asked, LlmSpeech speech);

  /** An error after the headers are gone. */
  String lateError(String message);

  String whole(Asked asked, LlmSpeech speech);

  /** The messages of a request. */
  static List<Message> messages(JsonNode body) throws Refused {
    JsonNode messages = body.path("messages");
    if (!messages.isArray()) {
      throw new Refused(400, "messages must be an array", "messages");
    }
    List<Message> read = new ArrayList<>();
    for (JsonNode each : messages) {
      String role = each.path("role").asText();
      if (!ROLES.contains(role)) {
        throw new Refused(
            400, "invalid role: '" + role + "'", "messages.[" + read.size() + "].role");
      }
      if (!each.path("content").isTextual()) {
        throw new Refused(400, "invalid message content", "messages.[" + read.size() + "].content");
      }
      read.add(new Message(role, each.path("content").asText()));
    }
    return read;
  }

  /** A truth value, or its default. */
  static boolean flag(JsonNode body, String name, boolean otherwise) throws Refused {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new Refused(400, "cannot unmarshal " + name + " into a bool", name);
    }
    return value.asBoolean();
  }

  static int tokens(List<Message> messages) {
    int perMessage = 4;
    return messages.stream().mapToInt(each -> perMessage + LlmTokens.of(each.content())).sum();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
