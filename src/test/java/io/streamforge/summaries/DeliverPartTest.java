package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class DeliverPartTest {
  private final BotService bot;

  DeliverPartTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_part_that_is_there_is_left_as_it_is_and_another_becomes_a_post() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    var there = new Delivery.Part(taken, "1", "one", "4g8q3fyc1jn4mksm3wqkpodq1y", true, false);
    assertThat(bot.call("deliver-part", there, Map.of()).getMessage().getBody())
        .isEqualTo(there.postId());
    var missing = new Delivery.Part(taken, "2", "two", null, false, false);
    String id = bot.call("deliver-part", missing, Map.of()).getMessage().getBody(String.class);
    assertThat(bot.mattermost.find(id).orElseThrow().path("message").asText()).isEqualTo("two");
    bot.drop(taken);
  }
}
