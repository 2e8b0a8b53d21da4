package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class CreatePartTest {
  private final BotService bot;

  CreatePartTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_part_becomes_a_reply_in_the_thread_and_the_server_keeps_one_of_two() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    var part = new Delivery.Part(taken, "2", "two", null, false, false);
    Object first = bot.call("create-part", part, Map.of()).getMessage().getBody();
    assertThat(bot.call("create-part", part, Map.of()).getMessage().getBody()).isEqualTo(first);
    assertThat(bot.said(root)).containsExactly("two");
    bot.drop(taken);
  }

  @Test
  void a_post_of_an_earlier_try_comes_to_say_it() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    bot.create(new Delivery.Part(taken, "1", "⏳", null, false, false));
    bot.create(new Delivery.Part(taken, "1", "one", null, false, false));
    assertThat(bot.said(root)).containsExactly("one");
    bot.drop(taken);
  }
}
