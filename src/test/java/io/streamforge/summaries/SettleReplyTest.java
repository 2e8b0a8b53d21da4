package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SettleReplyTest {
  private final BotService bot;

  SettleReplyTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void outside_a_thread_a_hint_says_how_to_ask_and_no_model_is_asked() {
    MattermostChannel channel = bot.channel();
    int asked = bot.model.questions().size();
    String command = bot.mattermost.post(bot.anna, channel, "!summary");
    assertThat(bot.answer(command)).contains("as a reply in the thread");
    assertThat(bot.ended(command).state()).isEqualTo(SummaryState.HINTED);
    assertThat(bot.model.questions()).hasSize(asked);
  }

  @Test
  void a_thread_of_one_message_is_none() {
    String root = bot.thread(bot.channel(), "Hello?");
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    assertThat(bot.answer(root)).contains("at least two messages");
    assertThat(bot.ended(command).state()).isEqualTo(SummaryState.HINTED);
  }
}
