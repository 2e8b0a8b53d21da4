package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class EditPartTest {
  private final BotService bot;

  EditPartTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void the_post_of_a_part_comes_to_say_it() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    var part = new Delivery.Part(taken, "1", "one", post, false, false);
    Object id = bot.call("edit-part", null, Map.of("part", part)).getMessage().getBody();
    assertThat(id).isEqualTo(post);
    assertThat(bot.said(root)).containsExactly("one");
    bot.drop(taken);
  }

  @Test
  void where_the_server_refuses_to_edit_a_new_post_takes_its_place() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    bot.mattermost.editLimit(Duration.ZERO);
    try {
      var part = new Delivery.Part(taken, "1", "one", post, false, false);
      Object id = bot.call("edit-part", null, Map.of("part", part)).getMessage().getBody();
      assertThat(id).isNotEqualTo(post);
      assertThat(bot.said(root)).containsExactly("one");
    } finally {
      bot.mattermost.editLimit(Duration.ofDays(1));
    }
    bot.drop(taken);
  }
}
