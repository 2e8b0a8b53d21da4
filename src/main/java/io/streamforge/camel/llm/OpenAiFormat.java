package io.streamforge.camel.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OpenAI's format, <a href="https://platform.openai.com/docs/api-reference/chat">POST
 * /v1/chat/completions</a>, as many servers speak it: one JSON object, or server-sent events.
 */
final class OpenAiFormat implements WireFormat {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** The newer name of the limit; some models of OpenAI's own refuse the older one. */
  private static final String NEWER_LIMIT = "max_completion_tokens";

  private static final List<String> OPTIONAL =
      List.of("response_format", "reasoning_effort", "stream_options", "max_tokens");

  /** Templates that take one message of the system, at the beginning, or none beside it. */
  private static final Pattern STRICT_TEMPLATE =
      Pattern.compile("\\bsystem\\b|\\broles?\\b", Pattern.CASE_INSENSITIVE);

  private final String model;

  OpenAiFormat(String model) {
    this.model = model;
  }

  @Override
  public ObjectNode request(LlmQuestion question, Set<String> without) {
    ObjectNode request = JSON.createObjectNode().put("model", model).put("stream", true);
    request.putObject("stream_options").put("include_usage", true);
    WireFormat.addMessages(request, question, without);
    request.put("reasoning_effort", "none");
    boolean newer = without.contains("max_tokens");
    request.put(newer ? NEWER_LIMIT : "max_tokens", question.longestAnswer());
    if (question.schema() != null) {
      ObjectNode format = request.putObject("response_format").put("type", "json_schema");
      format
          .putObject("json_schema")
          .put("name", "answer")
          .put("strict", true)
          .set("schema", question.schema());
    }
    return request.remove(without);
  }

  @Override
  public List<String> optional(ObjectNode request) {
    List<String> optional = new ArrayList<>(OPTIONAL.stream().filter(request::has).toList());
    if (request.path("messages").size() > 2) {
      optional.add(NO_THINKING);
    }
    return optional;
  }

  @Override
  public boolean blames(String refusal, String field) {
    return field.equals(NO_THINKING)
        ? STRICT_TEMPLATE.matcher(refusal).find()
        : Pattern.compile("\\b" + field + "\\b").matcher(refusal).find();
  }

  @Override
  public ValueReader values(InputStream body) {
    return new EventReader(body, JSON);
  }

  @Override
  public void hear(JsonNode value, AnswerBuilder answer) throws NoAnswerException {
    String error = error(value);
    if (!error.isEmpty()) {
      throw new NoAnswerException("it failed: " + error);
    }
    JsonNode usage = value.path("usage");
    answer.count(
        WireFormat.count(usage.path("prompt_tokens")),
        WireFormat.count(usage.path("completion_tokens")));
    JsonNode choice = value.path("choices").path(0);
    JsonNode said = choice.has("delta") ? choice.path("delta") : choice.path("message");
    answer.say(said.path("content").asText(""));
    answer.think(said.path("reasoning").asText(""));
    answer.think(said.path("reasoning_content").asText(""));
    String reason = choice.path("finish_reason").asText("");
    boolean whole = value.path("object").asText().equals("chat.completion");
    boolean end = value.asText().equals(EventReader.END) && !answer.complete();
    if (!reason.isEmpty() || whole || end) {
      answer.finish(reason);
    }
  }

  /** Some servers tell errors as a text, or with no object around them. */
  @Override
  public String error(JsonNode value) {
    JsonNode error = value.path("error");
    String message = error.path("message").asText("");
    if (!message.isEmpty()) {
      return message;
    }
    boolean bare = value.path("object").asText().equals("error");
    String text = bare ? value.path("message").asText("") : error.asText("");
    return text.isEmpty() && error.isObject() ? "no reason is given" : text;
  }

  @Override
  public boolean alwaysLists() {
    return false;
  }

  @Override
  public List<String> models(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("data").forEach(each -> names.add(each.path("id").asText("")));
    return names;
  }

  @Override
  public boolean lists(List<String> names, String asked) {
    return names.contains(asked) || (!asked.contains(":") && names.contains(asked + ":latest"));
  }
}
