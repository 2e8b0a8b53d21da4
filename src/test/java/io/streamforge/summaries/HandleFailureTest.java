package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.camel.mattermost.MattermostAwayException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class HandleFailureTest {
  private final BotService bot;

  HandleFailureTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_peer_that_is_away_is_waited_for() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    Throwable away = new MattermostAwayException("away", Optional.empty(), null);
    bot.call("handle-failure", null, bot.variables(taken, "failure", away));
    Summary ended = bot.ended(taken.id());
    assertThat(ended.state()).isEqualTo(SummaryState.FINISHED);
    assertThat(ended.lastError()).isEqualTo("away");
  }

  @Test
  void a_model_that_refuses_is_apologised_for_in_the_thread() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    Throwable refused = new LlmRefusedException(401, "wrong key");
    bot.call("handle-failure", null, bot.variables(taken, "failure", refused));
    assertThat(bot.stored(taken.id()).state()).isEqualTo(SummaryState.FAILED);
    assertThat(bot.answer(root)).contains("refuses");
  }
}
