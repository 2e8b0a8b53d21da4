package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
  private static final LlmQuestion QUESTION = new LlmQuestion("", "слово ".repeat(500), null, 1000);
  private final int estimate = TokenEstimate.of(QUESTION.user());
  private final TokenBudget budget = new TokenBudget(16_384, 3072);

  private void counted(double times) {
    int tokens = (int) (estimate * times) + 64;
    budget.learn(QUESTION, new LlmAnswer("x", OptionalInt.of(tokens), OptionalInt.empty(), false));
  }

  @Test
  void the_answer_and_the_instructions_are_kept_free() {
    assertThat(budget.forData("")).isEqualTo(16_384 - 3072 - 64);
    assertThat(budget.forData("слово ".repeat(100))).isLessThan(budget.forData("") - 200);
  }

  @Test
  void an_estimate_that_was_too_low_is_corrected_at_once() {
    counted(1.5);
    assertThat(budget.factor()).isBetween(1.45, 1.5);
    assertThat(budget.forData("")).isLessThan(9200);
  }

  @Test
  void one_that_was_too_high_is_corrected_little_by_little_and_not_without_end() {
    counted(0.7);
    assertThat(budget.factor()).isBetween(0.9, 0.95);
    for (int time = 0; time < 100; time++) {
      counted(0.5);
    }
    assertThat(budget.factor()).isBetween(0.6, 0.61);
    counted(50);
    assertThat(budget.factor()).isEqualTo(2.5);
  }

  @Test
  void a_count_without_what_the_server_remembered_and_no_count_at_all_teach_nothing() {
    counted(0.1);
    budget.learn(QUESTION, new LlmAnswer("x", OptionalInt.empty(), OptionalInt.empty(), false));
    assertThat(budget.factor()).isEqualTo(1);
  }

  @Test
  void instructions_that_fill_everything_leave_some_room_all_the_same() {
    assertThat(budget.forData("слово ".repeat(50_000))).isGreaterThan(1000);
    assertThatThrownBy(() -> new TokenBudget(1000, 900))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
