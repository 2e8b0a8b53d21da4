package io.streamforge.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmDoubleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OLLAMA = "/api/chat";
  private static final String OPENAI = "/v1/chat/completions";

  private final List<String> seen = new ArrayList<>();
  private final LlmDouble server =
      new LlmDouble(
          question -> {
            seen.clear();
            question.messages().forEach(message -> seen.add(message.content()));
            return "You said: " + question.text();
          });
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  private static ObjectNode body(boolean stream, String... messages) {
    ObjectNode body = JSON.createObjectNode().put("model", "qwen3").put("stream", stream);
    var array = body.putArray("messages");
    for (String each : messages) {
      array.addObject().put("role", "user").put("content", each);
    }
    return body;
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> post(String path, JsonNode body) throws Exception {
    return client.send(request(path, body.toString()), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
  }

  private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.body().split("\n", -1)) {
      String json = line.startsWith("data: ") ? line.substring(6) : line;
      if (json.startsWith("{")) {
        lines.add(JSON.readTree(json));
      }
    }
    return lines;
  }

  @Test
  void ollama_answers_in_one_go_or_line_by_line() throws Exception {
    JsonNode whole = JSON.readTree(post(OLLAMA, body(false, "Привет 👋")).body());
    assertThat(whole.path("message").path("content").asText()).isEqualTo("You said: Привет 👋");
    assertThat(whole.path("done").asBoolean()).isTrue();
    assertThat(whole.path("prompt_eval_count").asInt()).isPositive();

    HttpResponse<String> stream = post(OLLAMA, body(true, "Привет 👋"));
    assertThat(stream.headers().firstValue("content-type")).contains("application/x-ndjson");
    List<JsonNode> lines = lines(stream);
    assertThat(lines.size()).isGreaterThan(2);
    assertThat(lines.stream().map(line -> line.path("message").path("content").asText()))
        .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo("You said: Привет 👋"));
    assertThat(lines.get(lines.size() - 1).path("done_reason").asText()).isEqualTo("stop");
  }

  @Test
  void openai_answers_in_one_go_or_as_events_of_which_the_last_has_no_choices() throws Exception {
    JsonNode whole = JSON.readTree(post(OPENAI, body(false, "Hi")).body());
    JsonNode message = whole.path("choices").path(0).path("message");
    assertThat(message.path("content").asText()).isEqualTo("You said: Hi");
    assertThat(whole.path("usage").path("completion_tokens").asInt()).isPositive();

    ObjectNode asked = body(true, "Hi");
    asked.putObject("stream_options").put("include_usage", true);
    HttpResponse<String> stream = post(OPENAI, asked);
    assertThat(stream.body()).startsWith(": processing").endsWith("data: [DONE]\n\n");
    List<JsonNode> events = lines(stream);
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.path("usage").path("prompt_tokens").asInt()).isPositive();
    assertThat(lines(post(OPENAI, body(true, "Hi")))).noneMatch(event -> event.has("usage"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/chat            | {"messages":[]}                                                     | 400 | model is required
          /api/chat            | {"model":"other","messages":[]}                                     | 404 | not found
          /api/chat            | {"model":"qwen3","messages":"hi"}                                   | 400 | messages
          /api/chat            | {"model":"qwen3","messages":[],"think":"often"}                     | 400 | think
          /api/chat            | {"model":"qwen3","messages":[],"think":true}                        | 400 | thinking
          /api/chat            | {"model":"qwen3","messages":[],"format":"xml"}                      | 400 | format
          /api/chat            | {"model":"qwen3","messages":[],"stream":"yes"}                      | 400 | stream
          /api/chat            | not JSON                                                            | 400 | JSON
          /v1/chat/completions | {"messages":[]}                                                     | 400 | model
          /v1/chat/completions | {"model":"other","messages":[]}                                     | 404 | does not exist
          /v1/chat/completions | {"model":"qwen3","messages":[]}                                     | 400 | messages
          /v1/chat/completions | {"model":"qwen3","messages":[{"role":"boss","content":"x"}]}        | 400 | role
          /v1/chat/completions | {"model":"qwen3","messages":[{"role":"user"}]}                      | 400 | content
          /v1/chat/completions | {"model":"qwen3","messages":[{"role":"user","content":"x"}],"response_format":{"type":"yaml"}} | 400 | response_format
          /v1/chat/completions | {"model":"qwen3","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}} | 400 | response_format
          /v1/chat/completions | {"model":"qwen3","messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}} | 400 | stream
          """)
  void what_real_servers_refuse_is_refused(String path, String body, int status, String word)
      throws Exception {
    HttpResponse<String> answer = client.send(request(path, body), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(path.equals(OLLAMA) ? error.asText() : error.path("message").asText())
        .contains(word);
  }

  @Test
  void ollama_drops_the_oldest_messages_without_a_word_unless_told_not_to() throws Exception {
    ObjectNode asked = body(false, "old ".repeat(2000), "middle ".repeat(400), "newest");
    asked.withArray("messages").insertObject(0).put("role", "system").put("content", "rules");
    asked.putObject("options").put("num_ctx", 1000);
    assertThat(post(OLLAMA, asked).statusCode()).isEqualTo(200);
    assertThat(seen).containsExactly("rules", "middle ".repeat(400), "newest");

    assertThat(post(OLLAMA, asked.put("truncate", false)).body()).contains("exceeds the context");
    asked.remove("truncate");
    asked.putObject("options").put("num_ctx", 100_000);
    post(OLLAMA, asked);
    assertThat(seen).hasSize(4);
  }

  @Test
  void a_model_that_thinks_does_not_when_it_is_told_so() throws Exception {
    server.thinking();
    assertThat(post(OLLAMA, body(false, "x")).body()).contains("\"thinking\"");
    assertThat(post(OLLAMA, body(false, "x").put("think", false)).body())
        .doesNotContain("\"thinking\"");
    assertThat(post(OPENAI, body(false, "x")).body()).contains("\"reasoning\"");
    assertThat(post(OPENAI, body(false, "x").put("reasoning_effort", "none")).body())
        .doesNotContain("\"reasoning\"");
  }

  @Test
  void a_limit_of_tokens_ends_the_answer() throws Exception {
    ObjectNode asked = body(false, "long ".repeat(100));
    asked.putObject("options").put("num_predict", 5);
    JsonNode answer = JSON.readTree(post(OLLAMA, asked).body());
    assertThat(answer.path("done_reason").asText()).isEqualTo("length");
    assertThat(answer.path("message").path("content").asText()).hasSize(10);
  }

  @Test
  void tokens_and_keys_are_asked_for() throws Exception {
    server.key("key").proxyToken("pass");
    assertThat(post(OPENAI, body(false, "x")).statusCode()).isEqualTo(403);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/models"))
            .header("X-Proxy-Auth", "pass");
    assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    request.header("Authorization", "Bearer key");
    assertThat(client.send(request.build(), BodyHandlers.ofString()).body()).contains("qwen3");
    assertThat(server.requests().get(2).headers()).containsEntry("authorization", "Bearer key");
  }

  @Test
  void models_are_listed() throws Exception {
    assertThat(get("/api/tags").body()).contains("qwen3:latest");
    assertThat(get("/api/ps").body()).contains("qwen3:latest");
    assertThat(get("/api/version").body()).contains("version");
    assertThat(get("/v1/models").body()).contains("\"qwen3\"");
    server.withoutModelList().onlyOpenAi();
    assertThat(get("/v1/models").statusCode()).isEqualTo(404);
    assertThat(get("/api/tags").statusCode()).isEqualTo(404);
  }

  @Test
  void errors_come_with_a_status_or_amid_the_answer() throws Exception {
    server.trouble(LlmTrouble.status(429, "1"), 1);
    HttpResponse<String> busy = post(OLLAMA, body(true, "x"));
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("retry-after")).contains("1");
    server.trouble(LlmTrouble.errorAfter(1), 2);
    assertThat(post(OLLAMA, body(true, "x")).body()).endsWith("{\"error\":\"told to fail\"}\n");
    assertThat(post(OPENAI, body(true, "x")).body()).contains("data: {\"error\":{\"message\"");
    assertThat(post(OLLAMA, body(true, "x")).body()).contains("\"done\":true");
  }

  @Test
  void a_line_is_cut_amid_the_answer() {
    server.trouble(LlmTrouble.cutAfter(1), 2);
    assertThatThrownBy(() -> post(OLLAMA, body(true, "x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(OPENAI, body(false, "x"))).isInstanceOf(IOException.class);
  }

  @Test
  void whoever_has_no_room_in_the_queue_is_sent_away() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (LlmDouble slow =
        new LlmDouble(
            question -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "done";
            })) {
      slow.room(1, 1);
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(
            client
                .sendAsync(
                    HttpRequest.newBuilder(URI.create(slow.url() + OLLAMA))
                        .POST(BodyPublishers.ofString(body(false, "x").toString()))
                        .build(),
                    BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode));
      }
      await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 1);
      end.countDown();
      assertThat(answers.stream().map(CompletableFuture::join)).containsOnlyOnce(503);
      assertThat(slow.mostAtOnce()).isEqualTo(2);
    }
  }

  @Test
  void a_client_that_gives_up_is_noticed() {
    server.trouble(LlmTrouble.hang(), 1);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + OLLAMA))
            .timeout(Duration.ofSeconds(3))
            .POST(BodyPublishers.ofString(body(true, "x").toString()))
            .build();
    assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    await().until(() -> server.abandoned() == 1 && server.open() == 0);
  }

  @Test
  void it_goes_away_and_comes_back_on_its_port() throws Exception {
    server.stop();
    assertThatThrownBy(() -> get("/api/version")).isInstanceOf(IOException.class);
    server.start();
    assertThat(get("/api/version").statusCode()).isEqualTo(200);
  }
}
