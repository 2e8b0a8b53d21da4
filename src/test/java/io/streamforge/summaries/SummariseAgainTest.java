package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.service.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SummariseAgainTest {
  private final BotService bot;

  SummariseAgainTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_repeat_shows_what_is_kept_and_a_new_message_makes_a_new_one() {
    String root = bot.release(bot.channel());
    int asked = bot.model.questions().size();
    JsonNode first = made(root);
    JsonNode second = made(root);
    assertThat(bot.model.questions()).hasSize(asked + 1);
    assertThat(second.path("markdown")).isEqualTo(first.path("markdown"));
    assertThat(second.path("id")).isNotEqualTo(first.path("id"));
    bot.mattermost.reply(bot.boris, root, "On second thoughts, let us take Monday.");
    assertThat(made(root).at("/coverage/covered").asInt()).isEqualTo(4);
    assertThat(bot.model.questions()).hasSize(asked + 2);
  }

  @Test
  void what_was_posted_in_the_thread_is_shown_too() {
    String root = bot.release(bot.channel());
    bot.ended(bot.mattermost.reply(bot.anna, root, "!summary"));
    int asked = bot.model.questions().size();
    assertThat(made(root).path("markdown").asText()).isEqualTo(bot.answer(root));
    assertThat(bot.model.questions()).hasSize(asked);
  }

  private JsonNode made(String root) {
    ObjectNode body = BotService.asking("post_id", root);
    return RunningService.json(bot.summarise(body, bot.anna.token())).path("data");
  }
}
