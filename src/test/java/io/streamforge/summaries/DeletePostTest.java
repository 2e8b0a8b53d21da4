package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.playground.MattermostFault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class DeletePostTest {
  private final BotService bot;

  DeletePostTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_post_of_ours_is_deleted_and_one_that_is_gone_is_no_failure() {
    String root = bot.release(bot.channel());
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    assertThat(bot.call("delete-post", post, Map.of()).getException()).isNull();
    assertThat(bot.said(root)).isEmpty();
    assertThat(bot.call("delete-post", post, Map.of()).getException()).isNull();
  }

  @Test
  void one_that_may_still_be_there_is_a_failure() {
    String root = bot.release(bot.channel());
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    bot.mattermost.fail(MattermostFault.of(MattermostFault.Kind.REFUSE).on("posts/" + post), 1);
    assertThat(bot.call("delete-post", post, Map.of()).getException())
        .isInstanceOf(MattermostAwayException.class);
  }
}
