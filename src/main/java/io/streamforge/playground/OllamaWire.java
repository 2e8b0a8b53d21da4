package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.LlmDouble.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ollama's own format, <a href="https://docs.ollama.com/api/chat">POST /api/chat</a>: one JSON
 * object, or one a line.
 */
final class OllamaWire implements LlmWire {
  private static final Set<String> LEVELS = Set.of("low", "medium", "high", "max");

  @Override
  public Asked read(JsonNode body, LlmModel model) throws Refused {
    String name = body.path("model").asText();
    if (name.isEmpty()) {
      throw new Refused(400, "model is required", "model");
    }
    if (!model.isCalled(name)) {
      throw new Refused(404, "model '" + name + "' not found", "model");
    }
    for (String field : model.unsupported()) {
      if (body.has(field)) {
        throw new Refused(400, "\"" + name + "\" does not support " + field, field);
      }
    }
    List<Message> all = LlmWire.messages(body);
    int context = body.path("options").path("num_ctx").asInt(model.context());
    List<Message> kept = kept(all, context, LlmWire.flag(body, "truncate", true));
    int prompt = Math.min(LlmWire.tokens(kept), context);
    int longest = body.path("options").path("num_predict").asInt(Integer.MAX_VALUE);
    return new Asked(
        new LlmDouble.Question("ollama", name, kept, schema(body)),
        LlmWire.flag(body, "stream", true),
        true,
        think(body, model),
        Math.min(longest < 0 ? Integer.MAX_VALUE : longest, Math.max(1, context - prompt)),
        prompt);
  }

  private static JsonNode schema(JsonNode body) throws Refused {
    JsonNode format = body.path("format");
    boolean none =
        format.isMissingNode()
            || format.isNull()
            || (format.isTextual() && format.asText().isEmpty());
    if (!none && !format.isObject() && !format.asText().equals("json")) {
      throw new Refused(
          400,
          "invalid format: " + format + "; expected \"json\" or a valid JSON Schema object",
          "");
    }
    return none ? MissingNode.getInstance() : format;
  }

  private static boolean think(JsonNode body, LlmModel model) throws Refused {
    JsonNode think = body.path("think");
    boolean level = think.isTextual() && LEVELS.contains(think.asText());
    if (!think.isMissingNode() && !think.isNull() && !think.isBoolean() && !level) {
      throw new Refused(400, "invalid think value: " + think, "think");
    }
    if (!model.thinks() && (level || think.asBoolean(false))) {
      throw new Refused(400, "\"" + model.name() + "\" does not support thinking", "think");
    }
    return model.thinks() && think.asBoolean(true);
  }

  /**
   * What fits: without a word the oldest go first, but those of the system and the last one stay.
   * If that is still too much, the beginning of the last one goes.
   */
  private static List<Message> kept(List<Message> all, int context, boolean truncate)
      throws Refused {
    if (LlmWire.tokens(all) <= context || all.isEmpty()) {
      return all;
    }
    if (!truncate) {
      throw new Refused(400, "the input length exceeds the context length", "");
    }
    List<Message> kept = new ArrayList<>(all);
    while (LlmWire.tokens(kept) > context) {
      int oldest = oldest(kept);
      if (oldest < 0) {
        return shortened(kept, context);
      }
      kept.remove(oldest);
    }
    return kept;
  }

  private static int oldest(List<Message> messages) {
    for (int at = 0; at < messages.size() - 1; at++) {
      if (!messages.get(at).role().equals("system")) {
        return at;
      }
    }
    return -1;
  }

  private static List<Message> shortened(List<Message> messages, int context) {
    Message last = messages.remove(messages.size() - 1);
    int room = Math.max(1, context - LlmWire.tokens(messages)) * LlmTokens.CHARACTERS;
    String content = last.content();
    String end = content.substring(Math.max(0, content.length() - room));
    messages.add(new Message(last.role(), end));
    return messages;
  }

  @Override
  public String error(int status, String message, String parameter) {
    return LlmWire.object().put("error", message).toString();
  }

  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public String opening() {
    return "";
  }

  @Override
  public String piece(Asked asked, LlmSpeech.Piece piece) {
    return line(asked, piece.thinking(), piece.text()).put("done", false) + "\n";
  }

  private static ObjectNode line(Asked asked, String thinking, String text) {
    ObjectNode line = LlmWire.object();
    line.put("model", asked.question().model()).put("created_at", Instant.now().toString());
    ObjectNode message = line.putObject("message").put("role", "assistant").put("content", text);
    if (!thinking.isEmpty()) {
      message.put("thinking", thinking);
    }
    return line;
  }

  @Override
  public String ending(Asked asked, LlmSpeech speech) {
    return finish(line(asked, "", ""), asked, speech) + "\n";
  }

  private static ObjectNode finish(ObjectNode line, Asked asked, LlmSpeech speech) {
    line.put("done", true);
    if (asked.question().messages().isEmpty()) {
      return line.put("done_reason", "load");
    }
    line.put("done_reason", speech.tooLong ? "length" : "stop")
        .put("total_duration", 5_000_000_000L);
    if (!speech.withoutUsage) {
      line.put("prompt_eval_count", asked.promptTokens());
      line.put("eval_count", LlmTokens.of(speech.thinking) + LlmTokens.of(speech.text));
    }
    return line;
  }

  @Override
  public String lateError(String message) {
    return error(500, message, "") + "\n";
  }

  @Override
  public String whole(Asked asked, LlmSpeech speech) {
    ObjectNode all = line(asked, speech.thinking, speech.text);
    if (speech.withoutChoices) {
      all.remove("message");
    }
    return finish(all, asked, speech).toString();
  }
}
