package io.streamforge.llms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.playground.LlmDouble;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenaiLlmTest extends LlmContractTest {
  OpenaiLlmTest() {
    super("openai");
  }

  @Test
  void the_key_is_sent_and_a_wrong_one_is_refused() throws Exception {
    LlmQuestion question = new LlmQuestion("x", "x", null, 100);
    try (LlmDouble server = new LlmDouble(asked -> "yes").onlyOpenAi().key(KEY)) {
      try (Llm llm = new Llm("openai", settings(server))) {
        assertThat(llm.ask(question).text()).isEqualTo("yes");
        llm.check();
      }
      Map<String, String> settings = new HashMap<>(settings(server));
      settings.put("llm.api.key", "wrong-key-of-a-test");
      try (Llm llm = new Llm("openai", settings)) {
        assertThatThrownBy(() -> llm.ask(question))
            .isInstanceOf(LlmRefusedException.class)
            .hasMessageContaining("LLM_API_KEY")
            .hasMessageNotContaining("wrong-key");
        assertThatThrownBy(llm::check).isInstanceOf(LlmRefusedException.class);
      }
    }
  }

  @Test
  void a_server_that_does_not_list_its_models_is_there_all_the_same() throws Exception {
    try (LlmDouble server = new LlmDouble(asked -> "yes").withoutModelList();
        Llm llm = new Llm("openai", settings(server))) {
      llm.check();
      assertThat(server.questions()).isEmpty();
    }
  }
}
