package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class MentionRequesterTest {
  private final BotService bot;

  MentionRequesterTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void whoever_waited_long_is_told_that_the_answer_is_there() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    Summary slow = bot.slow(taken, Duration.ofSeconds(31));
    bot.call("mention-requester", null, Map.of("summary", slow));
    assertThat(bot.said(root)).containsExactly("@anna the summary is there ↑");
    Summary quick = bot.slow(taken, Duration.ofSeconds(5));
    bot.call("mention-requester", null, Map.of("summary", quick));
    assertThat(bot.said(root)).hasSize(1);
    bot.drop(taken);
  }
}
