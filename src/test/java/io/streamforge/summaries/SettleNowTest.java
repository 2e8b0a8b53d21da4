package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.contract.Refusal;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SettleNowTest {
  private final BotService bot;

  SettleNowTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_was_made_is_written_down() {
    Summary begun = begun();
    Exchange settled = settle(begun, bot.discussion(3));
    assertThat(settled.getException()).isNull();
    assertThat(bot.stored(begun.id()).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.stored(begun.id()).admitted()).isTrue();
    assertThat(settled.getVariable("summary", Summary.class)).isEqualTo(bot.stored(begun.id()));
  }

  @Test
  void what_failed_is_written_down_as_well_and_then_told() {
    Summary begun = begun();
    Exchange settled = settle(begun, bot.discussion(1));
    assertThat(Refusal.behind(settled.getException()).status()).isEqualTo(422);
    assertThat(bot.stored(begun.id()).state()).isEqualTo(SummaryState.REFUSED);
  }

  @Test
  void nobody_takes_it_from_the_process_that_has_begun_it() {
    Summary begun = begun();
    assertThat(begun.dueAt()).isAfter(begun.createdAt());
    assertThat(begun.owner()).isEqualTo(bot.owner());
    settle(begun, bot.discussion(2));
  }

  private Exchange settle(Summary begun, Discussion discussion) {
    return bot.call("settle-now", null, Map.of("summary", begun, "discussion", discussion));
  }

  private Summary begun() {
    Requests requests = bot.bean("summaryRequests", Requests.class);
    String id = "rest-" + Kept.mattermostId();
    return bot.plant(
        requests.overRest(id, Trigger.PASTED, ThreadPlace.NONE, "anonymous", bot.owner()));
  }
}
