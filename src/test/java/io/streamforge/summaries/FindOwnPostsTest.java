package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class FindOwnPostsTest {
  private final BotService bot;

  FindOwnPostsTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_an_earlier_try_has_posted_is_found_and_not_posted_again() {
    String root = bot.release(bot.channel());
    Summary first = bot.taken(bot.request(root, bot.anna));
    Delivery.Part placed =
        new Delivery(Duration.ZERO, "auto")
            .parts(bot.settled(first, "the summary"), null, bot.bot.id())
            .get(0);
    String there = bot.create(placed);
    bot.record(new SummaryEvent.Postponed(first.id(), bot.owner(), Instant.now(), "killed"));
    Summary ended = bot.ended(first.id());
    assertThat(ended.postIds()).containsExactly(there);
    assertThat(bot.said(root)).containsExactly("the summary");
  }
}
