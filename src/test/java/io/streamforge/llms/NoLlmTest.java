package io.streamforge.llms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmRefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoLlmTest {
  @Test
  void without_a_server_each_question_is_refused_and_nothing_is_wrong() throws Exception {
    try (Llm llm = new Llm("none", Map.of())) {
      assertThatThrownBy(() -> llm.ask(new LlmQuestion("x", "x", null, 100)))
          .isInstanceOf(LlmRefusedException.class)
          .hasMessageContaining("LLM_BASE_URL");
      llm.check();
    }
  }
}
