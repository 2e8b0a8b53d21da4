package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.LlmDouble.Message;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's format, <a href="https://platform.openai.com/docs/api-reference/chat">POST
 * /v1/chat/completions</a>: one JSON object, or server-sent events that end with {@code [DONE]}.
 */
final class OpenAiWire implements LlmWire {
  private static final Set<String> FORMATS = Set.of("text", "json_object", "json_schema");

  @Override
  public Asked read(JsonNode body, LlmModel model) throws Refused {
    String name = body.path("model").asText();
    if (name.isEmpty()) {
      throw new Refused(400, "you must provide a model parameter", "model");
    }
    if (!model.isCalled(name)) {
      throw new Refused(404, "The model `" + name + "` does not exist", "model");
    }
    for (String field : model.unsupported()) {
      if (body.has(field)) {
        throw new Refused(400, "Unrecognized request argument supplied: " + field, field);
      }
    }
    List<Message> messages = LlmWire.messages(body);
    if (messages.isEmpty()) {
      throw new Refused(400, "[] is too short - 'messages'", "messages");
    }
    long rules = messages.stream().filter(each -> each.role().equals("system")).count();
    if (rules > 1 && model.unsupported().contains("system")) {
      throw new Refused(400, "System message must be at the beginning.", "messages");
    }
    int prompt = LlmWire.tokens(messages);
    if (prompt > model.context()) {
      throw new Refused(
          400, "This model's maximum context length is " + model.context() + " tokens", "messages");
    }
    boolean stream = LlmWire.flag(body, "stream", false);
    if (!stream && body.has("stream_options")) {
      throw new Refused(
          400, "stream_options is only allowed when stream is enabled", "stream_options");
    }
    int longest = body.path("max_tokens").asInt(body.path("max_completion_tokens").asInt(0));
    return new Asked(
        new LlmDouble.Question("openai", name, messages, schema(body)),
        stream,
        body.path("stream_options").path("include_usage").asBoolean(false),
        model.thinks() && !body.path("reasoning_effort").asText().equals("none"),
        longest > 0 ? longest : Integer.MAX_VALUE,
        prompt);
  }

  private static JsonNode schema(JsonNode body) throws Refused {
    JsonNode format = body.path("response_format");
    if (format.isMissingNode() || format.isNull()) {
      return MissingNode.getInstance();
    }
    String type = format.path("type").asText();
    if (!FORMATS.contains(type)) {
      throw new Refused(
          400, "Invalid value: '" + type + "' for response_format", "response_format");
    }
    JsonNode asked = format.path("json_schema");
    boolean named = !asked.path("name").asText().isEmpty() && asked.path("schema").isObject();
    if (type.equals("json_schema") && !named) {
      throw new Refused(
          400, "Missing required parameter: 'response_format.json_schema'", "response_format");
    }
    return type.equals("json_schema") ? asked.path("schema") : format.path("json_schema");
  }

  @Override
  public String error(int status, String message, String parameter) {
    ObjectNode error = LlmWire.object();
    ObjectNode inside = error.putObject("error").put("message", message).put("type", type(status));
    inside.put("param", parameter.isEmpty() ? null : parameter);
    inside.put("code", status == 401 ? "invalid_api_key" : null);
    return error.toString();
  }

  private static String type(int status) {
    return switch (status) {
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  /** Before the first word proxies and servers keep the line alive with comments. */
  @Override
  public String opening() {
    return ": processing\n\n";
  }

  @Override
  public String piece(Asked asked, LlmSpeech.Piece piece) {
    ObjectNode chunk = answer(asked, "chat.completion.chunk");
    ObjectNode delta = choice(chunk, null).putObject("delta").put("role", "assistant");
    delta.put("content", piece.text());
    if (!piece.thinking().isEmpty()) {
      delta.put("reasoning", piece.thinking());
    }
    return event(chunk);
  }

  private static ObjectNode answer(Asked asked, String type) {
    ObjectNode answer = LlmWire.object().put("id", "chatcmpl-" + UUID.randomUUID());
    answer.put("object", type).put("created", 1_700_000_000L);
    answer.put("model", asked.question().model()).putArray("choices");
    return answer;
  }

  private static ObjectNode choice(ObjectNode answer, @Nullable String reason) {
    ObjectNode choice = answer.withArray("choices").addObject().put("index", 0);
    return choice.put("finish_reason", reason);
  }

  private static String event(ObjectNode chunk) {
    return "data: " + chunk + "\n\n";
  }

  @Override
  public String ending(Asked asked, LlmSpeech speech) {
    ObjectNode last = answer(asked, "chat.completion.chunk");
    if (!speech.withoutChoices) {
      choice(last, reason(speech)).putObject("delta");
    }
    String usage = "";
    if (asked.usage() && !speech.withoutUsage) {
      ObjectNode chunk = answer(asked, "chat.completion.chunk");
      chunk.set("usage", usage(asked, speech));
      usage = event(chunk);
    }
    return event(last) + usage + "data: [DONE]\n\n";
  }

  private static String reason(LlmSpeech speech) {
    return speech.tooLong ? "length" : "stop";
  }

  private static ObjectNode usage(Asked asked, LlmSpeech speech) {
    int answer = LlmTokens.of(speech.thinking) + LlmTokens.of(speech.text);
    return LlmWire.object()
        .put("prompt_tokens", asked.promptTokens())
        .put("completion_tokens", answer)
        .put("total_tokens", asked.promptTokens() + answer);
  }

  @Override
  public String lateError(String message) {
    return "data: " + error(500, message, "") + "\n\n";
  }

  @Override
  public String whole(Asked asked, LlmSpeech speech) {
    ObjectNode all = answer(asked, "chat.completion");
    if (!speech.withoutChoices) {
      ObjectNode message = choice(all, reason(speech)).putObject("message");
      message.put("role", "assistant").put("content", speech.text);
      if (!speech.thinking.isEmpty()) {
        message.put("reasoning", speech.thinking);
      }
    }
    if (!speech.withoutUsage) {
      all.set("usage", usage(asked, speech));
    }
    return all.toString();
  }
}
