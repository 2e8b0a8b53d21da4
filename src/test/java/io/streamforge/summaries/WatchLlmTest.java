package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.streamforge.camel.llm.LlmState;
import io.streamforge.llms.Llm;
import io.streamforge.playground.LlmDouble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchLlmTest {
  private static double gauge(Llm llm) {
    return gauge(llm, "llm.connected");
  }

  private static double gauge(Llm llm, String name) {
    Gauge gauge = llm.meters().find(name).gauge();
    return gauge == null ? -1 : gauge.value();
  }

  @Test
  void whether_the_server_is_there_is_seen_and_the_model_is_not_asked() {
    try (LlmDouble server = new LlmDouble(question -> "yes");
        Llm llm =
            new Llm(
                "ollama",
                Map.of(
                    "llm.base.url", server.url(),
                    "llm.model", "qwen3",
                    "llm.check.period", "50ms"),
                List.of("watch-llm"))) {
      LlmState state = llm.bean("llmState", LlmState.class);
      await().until(state::connected);
      assertThat(state.lastError()).isEmpty();
      assertThat(gauge(llm)).isEqualTo(1);

      var before = state.since();
      server.stop();
      await().until(() -> !state.connected());
      assertThat(state.lastError().orElseThrow()).contains("out of reach");
      assertThat(state.since()).isAfter(before);
      assertThat(gauge(llm)).isZero();
      assertThat(gauge(llm, "llm.configured")).isEqualTo(1);

      server.model("other").start();
      await().until(() -> state.lastError().orElse("").contains("does not have the model"));
      assertThat(state.connected()).isFalse();

      server.model("qwen3");
      await().until(state::connected);
      assertThat(server.questions()).isEmpty();
    }
  }

  @Test
  void without_a_model_nothing_is_connected_and_nothing_is_wrong() {
    try (Llm llm = new Llm("none", Map.of("llm.check.period", "50ms"), List.of("watch-llm"))) {
      LlmState state = llm.bean("llmState", LlmState.class);
      await().until(() -> gauge(llm) == 0);
      assertThat(gauge(llm, "llm.configured")).isZero();
      assertThat(state.configured()).isFalse();
      assertThat(state.connected()).isFalse();
      assertThat(state.lastError()).isEmpty();
    }
  }
}
