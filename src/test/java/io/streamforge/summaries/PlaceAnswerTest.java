package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class PlaceAnswerTest {
  private final BotService bot;

  PlaceAnswerTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_post_stands_where_the_answer_will_be_and_becomes_it() {
    String root = bot.release(bot.channel());
    String command;
    try (var held = bot.hold()) {
      command = bot.mattermost.reply(bot.anna, root, "!summary");
      await().until(() -> bot.said(root).equals(List.of("⏳ Reading 3 messages…")));
    }
    Summary ended = bot.ended(command);
    assertThat(ended.postIds()).containsExactly(ended.placeholderId());
    assertThat(bot.answer(root)).contains("3 of 3 messages");
  }
}
