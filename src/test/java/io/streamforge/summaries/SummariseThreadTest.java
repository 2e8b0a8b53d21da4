package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SummariseThreadTest {
  private final BotService bot;

  SummariseThreadTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_command_in_a_thread_is_answered_there_with_a_summary() {
    MattermostChannel channel = bot.channel();
    String root = bot.release(channel);
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    String answer = bot.answer(root);
    assertThat(answer).contains("Participants", "Main topics", "3 of 3 messages", "boris");
    Summary summary = bot.ended(command);
    assertThat(summary.state()).isEqualTo(SummaryState.FINISHED);
  }
}
