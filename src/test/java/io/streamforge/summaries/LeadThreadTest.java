package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class LeadThreadTest {
  private final BotService bot;

  LeadThreadTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void whoever_asks_while_a_thread_is_summarised_is_served_by_that_summary() {
    String root = bot.release(bot.channel());
    int asked = bot.model.questions().size();
    String first;
    String second;
    try (var held = bot.hold()) {
      first = bot.mattermost.reply(bot.anna, root, "!summary");
      await().until(() -> bot.model.questions().size() > asked);
      second = bot.mattermost.reply(bot.boris, root, "!summary");
      assertThat(bot.ended(second).state()).isEqualTo(SummaryState.JOINED);
    }
    assertThat(bot.ended(second).answeredBy()).isEqualTo(first);
    assertThat(bot.ended(first).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.said(root)).hasSize(1);
    assertThat(bot.model.questions()).hasSize(asked + 1);
  }

  @Test
  void a_repeat_shows_what_is_kept_and_new_posts_make_a_new_one() {
    String root = bot.release(bot.channel());
    bot.ended(bot.mattermost.reply(bot.anna, root, "!summary"));
    int asked = bot.model.questions().size();
    bot.ended(bot.mattermost.reply(bot.boris, root, "!summary"));
    assertThat(bot.answers(root, 2).get(1)).contains("Nothing has been said", "3 of 3 messages");
    assertThat(bot.model.questions()).hasSize(asked);
    bot.mattermost.reply(bot.anna, root, "On second thoughts, let us take Monday.");
    bot.ended(bot.mattermost.reply(bot.boris, root, "!summary"));
    assertThat(bot.answers(root, 3).get(2)).contains("4 of 4 messages");
    assertThat(bot.model.questions()).hasSize(asked + 1);
  }
}
