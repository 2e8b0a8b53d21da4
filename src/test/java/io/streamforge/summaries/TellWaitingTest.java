package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.LlmTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class TellWaitingTest {
  private final BotService bot;

  TellWaitingTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void whoever_waits_for_the_model_reads_until_when() {
    String root = bot.release(bot.channel());
    bot.model.trouble(LlmTrouble.status(503), Integer.MAX_VALUE);
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    await().until(() -> bot.said(root).stream().anyMatch(text -> text.contains("does not answer")));
    bot.model.heal();
    assertThat(bot.ended(command).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.answer(root)).contains("3 of 3");
  }
}
