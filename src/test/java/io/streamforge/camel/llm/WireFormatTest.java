package io.streamforge.camel.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers write that the double does not. */
class WireFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final WireFormat OLLAMA = new OllamaFormat("qwen3", 16_384);
  private static final WireFormat OPENAI = new OpenAiFormat("qwen3");
  private static final LlmQuestion QUESTION =
      new LlmQuestion("rules", "data", JSON.createObjectNode().put("type", "object"), 100);

  private static LlmAnswer read(WireFormat format, String body) throws Exception {
    AnswerBuilder answer = new AnswerBuilder();
    var values = format.values(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    for (JsonNode value = values.next(); value != null; value = values.next()) {
      format.hear(value, answer);
    }
    return answer.build();
  }

  @Test
  void ollama_is_asked_as_its_contract_says() {
    ObjectNode request = OLLAMA.request(QUESTION, Set.of());
    assertThat(request.toString())
        .isEqualTo(
            "{'model':'qwen3','stream':true,'messages':[{'role':'system','content':'rules'},"
                    .replace('\'', '"')
                + "{'role':'system','content':'/no_think'},{'role':'user','content':'data'}],"
                    .replace('\'', '"')
                + "'think':false,'truncate':false,'format':{'type':'object'},".replace('\'', '"')
                + "'options':{'num_ctx':16384,'num_predict':100}}".replace('\'', '"'));
    assertThat(OLLAMA.optional(request)).containsExactly("think", "format", "truncate");
    assertThat(OLLAMA.request(QUESTION, Set.of("think", "format")).has("think")).isFalse();
  }

  @Test
  void openai_is_asked_as_its_contract_says() {
    ObjectNode request = OPENAI.request(QUESTION, Set.of());
    assertThat(request.path("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(request.path("response_format").path("json_schema").path("schema"))
        .isEqualTo(QUESTION.schema());
    assertThat(request.path("max_tokens").asInt()).isEqualTo(100);
    assertThat(request.path("reasoning_effort").asText()).isEqualTo("none");
    ObjectNode less =
        OPENAI.request(QUESTION, Set.of("max_tokens", "response_format", WireFormat.NO_THINKING));
    assertThat(less.has("max_tokens")).isFalse();
    assertThat(less.path("max_completion_tokens").asInt()).isEqualTo(100);
    assertThat(less.path("messages")).hasSize(2);
    assertThat(OPENAI.optional(less)).containsExactly("reasoning_effort", "stream_options");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Unsupported parameter: 'max_tokens' is not supported with this model. | max_tokens
          Unrecognized request argument supplied: reasoning_effort              | reasoning_effort
          Unsupported value: 'reasoning_effort' does not support 'none'         | reasoning_effort
          Invalid schema for response_format 'answer'                           | response_format
          System message must be at the beginning.                              | no_think
          Conversation roles must alternate user/assistant                      | no_think
          """)
  void a_refusal_of_openai_names_what_to_leave_out(String refusal, String field) {
    assertThat(OPENAI.optional(OPENAI.request(QUESTION, Set.of())))
        .filteredOn(each -> OPENAI.blames(refusal, each))
        .containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "qwen3" does not support thinking                                                                        | think
          json: cannot unmarshal object into Go struct field ChatRequest.format of type string                     | format
          invalid format: expected "json" or a JSON schema                                                         | format
          """)
  void a_refusal_of_ollama_names_what_to_leave_out(String refusal, String field) {
    assertThat(OLLAMA.optional(OLLAMA.request(QUESTION, Set.of())))
        .filteredOn(each -> OLLAMA.blames(refusal, each))
        .containsExactly(field);
  }

  @Test
  void a_refusal_may_blame_nothing() {
    String refusal = "the input length exceeds the context length";
    assertThat(List.of("think", "format", "truncate"))
        .noneMatch(each -> OLLAMA.blames(refusal, each));
    assertThat(OPENAI.optional(OPENAI.request(QUESTION, Set.of())))
        .noneMatch(each -> OPENAI.blames("This model's maximum context length is 8", each));
  }

  @Test
  void lines_may_be_empty_and_objects_may_take_several() throws Exception {
    LlmAnswer answer =
        read(
            OLLAMA,
            """

            {"message":{"content":"one "},"done":false}

            {"message":
               {"content":"two"},"done":true,"done_reason":"stop","eval_count":3}
            """);
    assertThat(answer)
        .isEqualTo(new LlmAnswer("one two", OptionalInt.empty(), OptionalInt.of(3), false));
  }

  @Test
  void events_may_have_comments_names_no_blanks_and_windows_line_ends() throws Exception {
    LlmAnswer answer =
        read(
            OPENAI,
            """
            : hello

            event: chunk
            id: 1
            data:{"choices":[{"delta":{"content":"one "}}]}

            data: {"choices":
            data: [{"delta":{"content":"two"}}]}

            data: [DONE]
            """
                .replace("\n", "\r\n"));
    assertThat(answer.text()).isEqualTo("one two");
    assertThat(answer.promptTokens()).isEmpty();
  }

  @Test
  void thinking_may_have_other_names() throws Exception {
    assertThat(
            read(
                    OPENAI,
                    """
                    data: {"choices":[{"delta":{"reasoning_content":"hm","content":null}}]}

                    data: {"choices":[{"delta":{"content":"yes","reasoning":null},"finish_reason":"stop"}]}

                    """)
                .text())
        .isEqualTo("yes");
    assertThatThrownBy(
            () ->
                read(
                    OPENAI,
                    "{\"object\":\"chat.completion\",\"choices\":[{\"message\":{\"reasoning_content\":\"hm\"}}]}"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("thought");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"message":"boom","type":"api_error"}} | boom
          {"error":"boom"}                                | boom
          {"object":"error","message":"boom","code":400}  | boom
          {"error":{}}                                    | no reason
          """)
  void errors_have_many_shapes(String body, String message) {
    assertThatThrownBy(() -> read(OPENAI, "data: " + body + "\n\n"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void what_is_no_json_is_an_error_of_reading() {
    assertThatThrownBy(() -> read(OPENAI, "<html>Sign in</html>")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(OLLAMA, "<html>Sign in</html>")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(OPENAI, "data: {\"choi\n\n")).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_without_an_end_is_no_answer() {
    assertThatThrownBy(() -> read(OLLAMA, "{\"message\":{\"content\":\"one\"},\"done\":false}"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("broke off");
    assertThatThrownBy(() -> read(OPENAI, "")).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void models_are_found_with_and_without_their_tag() throws Exception {
    JsonNode tags =
        JSON.readTree("{\"models\":[{\"name\":\"qwen3:latest\"},{\"name\":\"llama:8b\"}]}");
    List<String> names = OLLAMA.models(tags);
    assertThat(List.of("qwen3", "qwen3:latest", "llama:8b"))
        .allMatch(each -> OLLAMA.lists(names, each));
    assertThat(List.of("llama", "qwen", "qwen3:8b")).noneMatch(each -> OLLAMA.lists(names, each));
  }
}
