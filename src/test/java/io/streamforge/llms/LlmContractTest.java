package io.streamforge.llms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.camel.kafka.TestAuthority;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.LlmDouble.Request;
import io.streamforge.playground.LlmTrouble;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes of a server of models do, whichever format it speaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LlmContractTest {
  static final String PROXY_TOKEN = "proxy-token-of-a-test";
  static final String KEY = "key-of-a-test";
  private static final String ANSWER = "Ответ: 42 из 42 сообщений 👍, and that is all of it.";
  private static final JsonNode SCHEMA =
      new ObjectMapper().createObjectNode().put("type", "object");

  private final String adapter;
  private final LlmDouble server;
  private final Llm llm;

  LlmContractTest(String adapter) {
    this.adapter = adapter;
    server = server();
    llm = new Llm(adapter, settings(server));
  }

  private static LlmDouble server() {
    return new LlmDouble(question -> ANSWER).proxyToken(PROXY_TOKEN).key(KEY);
  }

  static Map<String, String> settings(LlmDouble server) {
    return Map.of(
        "llm.base.url",
        server.url(),
        "llm.model",
        "qwen3",
        "llm.proxy.token",
        PROXY_TOKEN,
        "llm.api.key",
        KEY,
        "llm.timeout",
        "5s",
        "llm.token.timeout",
        "3s");
  }

  @BeforeEach
  void heal() {
    server.heal();
    server.forget();
  }

  @AfterAll
  void close() throws Exception {
    llm.close();
    server.close();
  }

  private static LlmQuestion question() {
    return question("Что решили? \"quoted\" \u0000 😀");
  }

  private static LlmQuestion question(String user) {
    return new LlmQuestion("You summarise.", user, SCHEMA, 500);
  }

  private LlmAnswer ask(LlmTrouble trouble) throws Exception {
    server.trouble(trouble, 1);
    return llm.ask(question());
  }

  private LlmAwayException away(LlmTrouble trouble) {
    server.trouble(trouble, 1);
    return catchThrowableOfType(LlmAwayException.class, () -> llm.ask(question()));
  }

  private static LlmRefusedException refused(Llm llm, LlmQuestion question) {
    return catchThrowableOfType(LlmRefusedException.class, () -> llm.ask(question));
  }

  /** What is the same whether the answer comes in one piece or in many. */
  static Stream<LlmTrouble> ways() {
    return Stream.of(LlmTrouble.whole(), LlmTrouble.slow(Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_answer_comes_with_its_figures(LlmTrouble way) throws Exception {
    LlmAnswer answer = ask(way);
    assertThat(answer.text()).isEqualTo(ANSWER);
    assertThat(answer.promptTokens().orElse(0)).isPositive();
    assertThat(answer.answerTokens().orElse(0)).isPositive();
    assertThat(answer.cutOff()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_answer_comes_without_figures_when_the_server_has_none(LlmTrouble way) throws Exception {
    LlmAnswer answer = ask(way.and(LlmTrouble.withoutUsage()));
    assertThat(answer.text()).isEqualTo(ANSWER);
    assertThat(answer.promptTokens()).isEmpty();
    assertThat(answer.answerTokens()).isEmpty();
  }

  @Test
  void the_question_is_sent_as_it_is() throws Exception {
    llm.ask(question());
    JsonNode sent = server.questions().get(0).json();
    assertThat(sent.path("model").asText()).isEqualTo("qwen3");
    assertThat(sent.path("stream").asBoolean()).isTrue();
    assertThat(sent.path("messages").findValuesAsText("role"))
        .containsExactly("system", "system", "user");
    assertThat(sent.path("messages").findValuesAsText("content"))
        .containsExactly("You summarise.", "/no_think", question().user());
    assertThat(sent.findValues("type")).anyMatch(type -> type.asText().equals("object"));
    assertThat(server.questions().get(0).body()).contains(":500");
  }

  @Test
  void a_long_question_and_a_long_answer_arrive_whole() throws Exception {
    String data = "строка данных 0123456789\n".repeat(1_200);
    String said = "пункт 😀 ".repeat(700);
    server.trouble(LlmTrouble.says(said), 1);
    LlmAnswer answer = llm.ask(new LlmQuestion("x", data, null, 8000));
    assertThat(answer.text()).isEqualTo(said.strip());
    assertThat(server.questions().get(0).json().path("messages").path(2).path("content").asText())
        .isEqualTo(data);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void thinking_is_no_part_of_the_answer(LlmTrouble way) throws Exception {
    String thought = "Okay, ".repeat(50);
    List<LlmTrouble> thinking =
        List.of(
            LlmTrouble.thinks(thought),
            LlmTrouble.thinksInTags(thought),
            LlmTrouble.thinksBeforeLoneClosingTag(thought));
    for (LlmTrouble each : thinking) {
      assertThat(ask(way.and(each)).text()).isEqualTo(ANSWER);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void thinking_alone_is_no_answer(LlmTrouble way) {
    assertThat(away(way.and(LlmTrouble.thinksOnly("Okay, so"))))
        .hasMessageContaining("did not answer");
    LlmTrouble field = LlmTrouble.says("").and(LlmTrouble.thinks("Okay, so"));
    assertThat(away(way.and(field))).hasMessageContaining("did not answer");
    assertThat(away(way.and(field).and(LlmTrouble.tooLong())))
        .hasMessageContaining("LLM_LONGEST_ANSWER");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nothing_is_no_answer(LlmTrouble way) {
    assertThat(away(way.and(LlmTrouble.says("")))).hasMessageContaining("answered with nothing");
    assertThat(away(way.and(LlmTrouble.says(" \n ")))).hasMessageContaining("did not answer");
    assertThat(away(way.and(LlmTrouble.withoutChoices())))
        .hasMessageContaining("answered with nothing");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_answer_that_became_too_long_is_cut_off(LlmTrouble way) throws Exception {
    assertThat(ask(way.and(LlmTrouble.tooLong())).cutOff()).isTrue();
  }

  @Test
  void a_server_that_does_not_stop_is_cut_off() throws Exception {
    server.trouble(LlmTrouble.says("x".repeat(9_000)), 1);
    assertThat(llm.ask(new LlmQuestion("x", "x", null, 500)).cutOff()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_error_amid_the_answer_is_told(LlmTrouble way) {
    assertThat(away(way.and(LlmTrouble.errorAfter(2)))).hasMessageContaining("told to fail");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void an_answer_that_breaks_off_is_none(int pieces) {
    assertThat(away(LlmTrouble.cutAfter(pieces))).isNotNull();
    assertThat(away(LlmTrouble.endAfter(pieces))).hasMessageContaining("broke off");
    assertThat(away(LlmTrouble.whole().and(LlmTrouble.cutAfter(1)))).isNotNull();
    assertThat(server.questions()).hasSize(3);
  }

  @Test
  void a_page_of_a_proxy_is_no_answer() {
    assertThat(away(LlmTrouble.raw("<html>Please sign in</html>")))
        .hasMessageContaining("not JSON")
        .hasMessageNotContaining("sign in");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void a_server_that_cannot_now_is_asked_once_and_says_when_to_come_back(int status) {
    assertThat(away(LlmTrouble.status(status, "7")).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(away(LlmTrouble.status(status)).retryAfter()).isEmpty();
    assertThat(server.questions()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 405, 413})
  void what_is_refused_is_asked_once(int status) {
    server.trouble(LlmTrouble.status(status), 1);
    LlmRefusedException refusal = refused(llm, question());
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal).hasMessageContaining(server.url());
    assertThat(server.questions()).hasSize(1);
  }

  /** With less patience. */
  private Llm start(LlmDouble other, String... differing) {
    Map<String, String> settings = new HashMap<>(settings(other));
    for (int at = 0; at < differing.length; at += 2) {
      settings.put(differing[at], differing[at + 1]);
    }
    return new Llm(adapter, settings);
  }

  @Test
  void a_slow_server_has_its_time() throws Exception {
    try (Llm brief = start(server, "llm.timeout", "2s")) {
      server.trouble(LlmTrouble.slow(Duration.ofMillis(600)), 1);
      long begun = System.nanoTime();
      assertThat(brief.ask(question()).text()).isEqualTo(ANSWER);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
    }
    try (Llm brief = start(server, "llm.token.timeout", "1s")) {
      server.trouble(LlmTrouble.slowToStart(Duration.ofSeconds(2)), 1);
      assertThat(brief.ask(question()).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void a_server_that_does_not_begin_is_given_up() {
    try (Llm brief = start(server, "llm.timeout", "300ms")) {
      for (LlmTrouble each :
          List.of(LlmTrouble.slowToStart(Duration.ofMinutes(1)), LlmTrouble.hang())) {
        server.trouble(each, 1);
        assertThatThrownBy(() -> brief.ask(question()))
            .isInstanceOf(LlmAwayException.class)
            .hasMessageContaining("did not begin to answer within 0.3 s");
      }
    }
    await().until(() -> server.open() == 0 && server.abandoned() == 2);
  }

  @Test
  void a_server_that_falls_silent_is_given_up() {
    long begun = System.nanoTime();
    try (Llm brief = start(server, "llm.timeout", "30s", "llm.token.timeout", "200ms")) {
      server.trouble(LlmTrouble.slow(Duration.ofMinutes(1)), 1);
      assertThatThrownBy(() -> brief.ask(question()))
          .isInstanceOf(LlmAwayException.class)
          .hasMessageContaining("fell silent");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    await().until(() -> server.open() == 0 && server.abandoned() == 1);
  }

  @Test
  void a_server_that_is_down_is_away() throws Exception {
    server.stop();
    try {
      assertThatThrownBy(() -> llm.ask(question()))
          .isInstanceOf(LlmAwayException.class)
          .hasMessageContaining("out of reach");
      assertThatThrownBy(llm::check).isInstanceOf(LlmAwayException.class);
    } finally {
      server.start();
    }
    assertThat(llm.ask(question()).text()).isEqualTo(ANSWER);
    llm.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void a_port_that_says_nothing_is_given_up(String scheme) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Llm brief =
            start(
                server,
                "llm.base.url",
                scheme + "://127.0.0.1:" + mute.getLocalPort(),
                "llm.connect.timeout",
                "300ms",
                "llm.timeout",
                "300ms")) {
      assertThatThrownBy(() -> brief.ask(question())).isInstanceOf(LlmAwayException.class);
    }
  }

  @Test
  void headers_of_the_caller_go_nowhere() throws Exception {
    Map<String, Object> headers =
        Map.of(
            "Authorization", "Bearer of somebody else",
            "X-Secret", "secret",
            "Cookie", "a=b",
            "CamelHttpPath", "elsewhere",
            "CamelHttpQuery", "a=b",
            "CamelHttpRawQuery", "a=b",
            "CamelHttpMethod", "DELETE",
            "CamelHttpUri", "http://127.0.0.1:1/");
    assertThat(llm.ask(question(), headers).text()).isEqualTo(ANSWER);
    Request sent = server.questions().get(0);
    assertThat(sent.headers()).doesNotContainKeys("x-secret", "cookie");
    assertThat(sent.headers().values()).noneMatch(value -> value.contains("somebody else"));
    assertThat(sent.headers()).containsEntry("x-proxy-auth", PROXY_TOKEN);
    assertThat(sent.headers().get("content-type")).startsWith("application/json");
  }

  @Test
  void what_others_wrote_and_what_is_secret_is_not_told() {
    String written = "Пароль от сервера: семь синих слонов, никому не говори";
    server.trouble(LlmTrouble.refuses(418, "cannot read: " + written), 1);
    assertThat(refused(llm, question(written)))
        .hasMessageNotContaining("слонов")
        .hasMessageContaining("repeats the question");
    server.trouble(LlmTrouble.refuses(418, "who is " + KEY + " or " + PROXY_TOKEN + "?"), 1);
    assertThat(refused(llm, question(written)))
        .hasMessageContaining("***?")
        .hasMessageNotContaining(PROXY_TOKEN);
  }

  @Test
  void what_the_server_does_not_know_is_left_out_from_then_on() throws Exception {
    try (LlmDouble strict = server()) {
      strict.without(
          "think",
          "format",
          "truncate",
          "response_format",
          "reasoning_effort",
          "stream_options",
          "max_tokens",
          "system");
      try (Llm mine = new Llm(adapter, settings(strict))) {
        assertThat(mine.ask(question()).text()).isEqualTo(ANSWER);
        int first = strict.questions().size();
        assertThat(first).isBetween(3, 6);
        assertThat(mine.ask(question()).text()).isEqualTo(ANSWER);
        assertThat(strict.questions()).hasSize(first + 1);
        JsonNode last = strict.questions().get(first).json();
        assertThat(last.has("think") || last.has("response_format")).isFalse();
        assertThat(last.path("messages").path(0).path("content").asText())
            .isEqualTo("You summarise.");
      }
    }
  }

  @Test
  void what_is_refused_all_the_same_is_not_left_out_later() throws Exception {
    try (LlmDouble strict = server()) {
      strict.without("think", "reasoning_effort", "model");
      try (Llm mine = new Llm(adapter, settings(strict))) {
        assertThat(refused(mine, question())).isNotNull();
        strict.without();
        mine.ask(question());
        JsonNode last = strict.questions().get(strict.questions().size() - 1).json();
        assertThat(last.has("think") || last.has("reasoning_effort")).isTrue();
      }
    }
  }

  @Test
  void a_question_that_is_too_long_is_refused() throws Exception {
    try (LlmDouble small = server().context(1000)) {
      Map<String, String> settings = new HashMap<>(settings(small));
      settings.put("llm.num.ctx", "2048");
      settings.put("llm.longest.answer", "1000");
      try (Llm mine = new Llm(adapter, settings)) {
        assertThat(refused(mine, question("слово ".repeat(5000))))
            .hasMessageContaining("context length");
      }
    }
  }

  @Test
  void the_check_finds_the_model_and_asks_it_nothing() throws Exception {
    llm.check();
    server.model("other");
    try {
      assertThatThrownBy(llm::check)
          .isInstanceOf(LlmRefusedException.class)
          .hasMessageContaining("does not have the model qwen3")
          .hasMessageContaining("other");
      assertThat(refused(llm, question()).status()).isEqualTo(404);
    } finally {
      server.model("qwen3");
    }
    assertThat(server.questions()).hasSize(1);
    assertThat(server.requests().get(0).headers()).containsEntry("x-proxy-auth", PROXY_TOKEN);
  }

  @Test
  void a_wrong_token_is_refused() throws Exception {
    Map<String, String> settings = new HashMap<>(settings(server));
    settings.put("llm.proxy.token", "wrong-token-of-a-test");
    try (Llm mine = new Llm(adapter, settings)) {
      assertThat(refused(mine, question()))
          .hasMessageContaining("LLM_PROXY_TOKEN")
          .hasMessageNotContaining("wrong-token-of-a-test");
      assertThatThrownBy(mine::check)
          .isInstanceOf(LlmRefusedException.class)
          .hasMessageContaining("LLM_PROXY_TOKEN");
    }
  }

  @Test
  void over_https_the_authority_that_is_set_is_trusted_and_no_other(@TempDir Path folder)
      throws Exception {
    TestAuthority authority = new TestAuthority();
    Path ca = authority.writeCertificate(folder.resolve("ca.pem"));
    Path other = new TestAuthority().writeCertificate(folder.resolve("other.pem"));
    String identity =
        authority
            .writeIdentity(folder.resolve("server.pem"), "127.0.0.1", TestAuthority.in(1))
            .toString();
    PemKeyCertOptions certificate =
        new PemKeyCertOptions().setKeyPath(identity).setCertPath(identity);
    try (LlmDouble secured = new LlmDouble(question -> ANSWER, 0, certificate)) {
      Map<String, String> settings = new HashMap<>(settings(secured));
      settings.put("llm.ca.path", ca.toString());
      try (Llm mine = new Llm(adapter, settings)) {
        assertThat(mine.ask(question()).text()).isEqualTo(ANSWER);
        mine.check();
      }
      settings.put("llm.token.timeout", "200ms");
      try (Llm mine = new Llm(adapter, settings)) {
        secured.trouble(LlmTrouble.slow(Duration.ofMinutes(1)), 1);
        assertThatThrownBy(() -> mine.ask(question())).hasMessageContaining("fell silent");
      }
      settings.put("llm.ca.path", other.toString());
      try (Llm mine = new Llm(adapter, settings)) {
        assertThatThrownBy(() -> mine.ask(question()))
            .isInstanceOf(LlmAwayException.class)
            .hasMessageContaining("LLM_CA_PATH");
      }
    }
  }
}
