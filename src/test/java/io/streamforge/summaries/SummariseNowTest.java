package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SummariseNowTest {
  private final BotService bot;

  SummariseNowTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_request_that_somebody_waits_for_is_kept_and_is_over_when_it_is_answered() {
    Exchange made = summarise();
    assertThat(made.getException()).isNull();
    Summary summary = made.getVariable("summary", Summary.class);
    assertThat(bot.stored(summary.id()).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(inHand()).doesNotContain(summary.id());
  }

  @Test
  void what_could_not_be_kept_is_not_worked_on() throws Exception {
    int asked = bot.model.questions().size();
    try (var away = bot.service.failing("save-summary")) {
      Exchange made = summarise();
      assertThat(made.getException()).hasMessageContaining("is away");
      assertThat(inHand()).doesNotContain(made.getVariable("summary", Summary.class).id());
    }
    assertThat(bot.model.questions()).hasSize(asked);
  }

  private Exchange summarise() {
    return bot.call("summarise-now", null, Map.of("discussion", bot.discussion(3)));
  }

  private List<String> inHand() {
    return bot.bean("summaryDesk", Desk.class).renewals().stream().map(SummaryEvent::id).toList();
  }
}
