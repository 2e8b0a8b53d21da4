package io.streamforge.camel.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How questions are written and answers read that go over HTTP; without state. */
interface WireFormat {
  /** Reads one value after the other, each as soon as it is there. */
  interface ValueReader {
    /** The next one; null when there is none. */
    @Nullable JsonNode next() throws IOException;
  }

  /** The instruction not to think, as a message of its own: what Qwen's models go by. */
  String NO_THINKING = "no_think";

  /**
   * The body of a request.
   *
   * @param without the optional fields to leave out
   */
  ObjectNode request(LlmQuestion question, Set<String> without);

  /**
   * What a server may not know and refuse, of a request that has it: fields, or {@link
   * #NO_THINKING}.
   */
  List<String> optional(ObjectNode request);

  /** Whether the text of a refusal means that optional field. */
  boolean blames(String refusal, String field);

  /** The JSON values of a body. */
  ValueReader values(InputStream body) throws IOException;

  /**
   * Takes what one value says.
   *
   * @throws NoAnswerException when it is an error
   */
  void hear(JsonNode value, AnswerBuilder answer) throws NoAnswerException;

  /** The text of an error; empty when it is none. */
  String error(JsonNode value);

  /** Whether every server of this format lists its models. */
  boolean alwaysLists();

  /** The names of the models in the answer of {@code check-llm}. */
  List<String> models(JsonNode list);

  /** Whether one of the names means that model. */
  boolean lists(List<String> names, String model);

  /** Adds the messages of a question. */
  static void addMessages(ObjectNode request, LlmQuestion question, Set<String> without) {
    var messages = request.putArray("messages");
    messages.addObject().put("role", "system").put("content", question.system());
    if (!without.contains(NO_THINKING)) {
      messages.addObject().put("role", "system").put("content", "/no_think");
    }
    messages.addObject().put("role", "user").put("content", question.user());
  }

  /** A count, if it is one. */
  static OptionalInt count(JsonNode number) {
    return number.canConvertToInt() && number.isIntegralNumber() && number.asInt() >= 0
        ? OptionalInt.of(number.asInt())
        : OptionalInt.empty();
  }
}
