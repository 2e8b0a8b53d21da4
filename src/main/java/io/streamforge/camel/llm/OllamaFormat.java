package io.streamforge.camel.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ollama's own format, <a href="https://docs.ollama.com/api/chat">POST /api/chat</a>: JSON objects,
 * one a line, of which the last is {@code done}.
 */
final class OllamaFormat implements WireFormat {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final List<String> OPTIONAL = List.of("think", "format", "truncate");
  private final String model;
  private final int context;

  /**
   * @param context how many tokens the model can have before it
   */
  OllamaFormat(String model, int context) {
    this.model = model;
    this.context = context;
  }

  /**
   * Without {@code truncate} a server would drop the beginning of a question that is too long, and
   * say nothing.
   */
  @Override
  public ObjectNode request(LlmQuestion question, Set<String> without) {
    ObjectNode request = JSON.createObjectNode().put("model", model).put("stream", true);
    WireFormat.addMessages(request, question, without);
    request.put("think", false).put("truncate", false);
    if (question.schema() != null) {
      request.set("format", question.schema());
    }
    request
        .putObject("options")
        .put("num_ctx", context)
        .put("num_predict", question.longestAnswer());
    return request.remove(without);
  }

  @Override
  public List<String> optional(ObjectNode request) {
    return OPTIONAL.stream().filter(request::has).toList();
  }

  @Override
  public boolean blames(String refusal, String field) {
    return Pattern.compile("\\b" + field, Pattern.CASE_INSENSITIVE).matcher(refusal).find();
  }

  @Override
  public ValueReader values(InputStream body) throws IOException {
    MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(body);
    return () -> values.hasNextValue() ? values.nextValue() : null;
  }

  @Override
  public void hear(JsonNode value, AnswerBuilder answer) throws NoAnswerException {
    String error = error(value);
    if (!error.isEmpty()) {
      throw new NoAnswerException("it failed: " + error);
    }
    JsonNode message = value.path("message");
    answer.say(message.path("content").asText(""));
    answer.think(message.path("thinking").asText(""));
    if (value.path("done").asBoolean()) {
      answer.count(
          WireFormat.count(value.path("prompt_eval_count")),
          WireFormat.count(value.path("eval_count")));
      answer.finish(value.path("done_reason").asText(""));
    }
  }

  @Override
  public String error(JsonNode value) {
    return value.path("error").asText("");
  }

  @Override
  public boolean alwaysLists() {
    return true;
  }

  @Override
  public List<String> models(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("models").forEach(each -> names.add(each.path("name").asText("")));
    return names;
  }

  @Override
  public boolean lists(List<String> names, String asked) {
    return names.contains(asked) || (!asked.contains(":") && names.contains(asked + ":latest"));
  }
}
