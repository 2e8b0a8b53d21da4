package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostUser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class CheckMembershipTest {
  private final BotService bot;

  CheckMembershipTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_member_may_have_the_thread_summarised_and_a_stranger_may_not() {
    String root = bot.release(bot.channel());
    MattermostUser dora = bot.mattermost.user("dora-" + System.nanoTime() % 100_000);
    Summary strange = bot.taken(bot.request(root, dora));
    var refused = bot.call("check-membership", null, Map.of("summary", strange)).getException();
    assertThat(PlainReplyException.behind(refused).kind()).isEqualTo(Reply.Kind.REFUSAL);
    Summary known = bot.taken(bot.request(root, bot.anna));
    assertThat(bot.call("check-membership", null, Map.of("summary", known)).getException())
        .isNull();
    bot.drop(strange);
    bot.drop(known);
  }
}
