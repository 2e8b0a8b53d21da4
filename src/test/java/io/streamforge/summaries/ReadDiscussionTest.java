package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ReadDiscussionTest {
  private final BotService bot;

  ReadDiscussionTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void messages_that_come_along_are_read_and_belong_to_nobody() {
    Exchange read = read(BotService.pasting("Who will do it?", "I will."), null);
    assertThat(read.getException()).isNull();
    Discussion discussion = read.getVariable("discussion", Discussion.class);
    assertThat(discussion.messages()).extracting(Message::author).containsExactly("anna", "boris");
    assertThat(read.getVariable("asked_user")).isNull();
  }

  @Test
  void a_thread_is_read_by_its_link() {
    String root = bot.release(bot.channel());
    ObjectNode body = BotService.asking("permalink", bot.permalink(root));
    Exchange read = read(body, bot.anna.token());
    assertThat(read.getVariable("discussion", Discussion.class).rootId()).isEqualTo(root);
    assertThat(read.getVariable("asked_user")).isEqualTo(bot.anna.id());
  }

  @Test
  void without_a_token_no_thread_is_read() {
    String root = bot.release(bot.channel());
    long asked = bot.mattermost.count("GET posts/" + root + ".*");
    for (String token : new String[] {null, "", " "}) {
      Exchange read = read(BotService.asking("post_id", root), token);
      assertThat(Refusal.behind(read.getException()).status()).isEqualTo(403);
      assertThat(read.getVariable("discussion")).isNull();
    }
    assertThat(bot.mattermost.count("GET posts/" + root + ".*")).isEqualTo(asked);
  }

  private Exchange read(ObjectNode body, String token) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("asked_body", body);
    variables.put("asked_token", token);
    return bot.call("read-discussion", null, variables);
  }
}
