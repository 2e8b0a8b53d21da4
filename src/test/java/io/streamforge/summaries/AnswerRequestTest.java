package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostFault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class AnswerRequestTest {
  private final BotService bot;

  AnswerRequestTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_request_is_settled_and_delivered() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    bot.call("answer-request", null, Map.of("summary", taken));
    assertThat(bot.stored(taken.id()).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void one_that_cannot_go_on_is_put_off() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    bot.mattermost.fail(MattermostFault.status(503).on("posts/.*/thread"), 1);
    bot.call("answer-request", null, Map.of("summary", taken));
    Summary ended = bot.ended(taken.id());
    assertThat(ended.state()).isEqualTo(SummaryState.FINISHED);
    assertThat(ended.attempts()).isEqualTo(2);
    assertThat(ended.lastError()).contains("503");
  }
}
