package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ReadAsCallerTest {
  private final BotService bot;

  ReadAsCallerTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_thread_is_read_with_the_callers_rights_alone() {
    String root = bot.release(bot.channel());
    Exchange read = read(root, bot.boris.token());
    assertThat(read.getVariable("asked_user")).isEqualTo(bot.boris.id());
    assertThat(read.getVariable("discussion", Discussion.class).messages())
        .extracting(Message::author)
        .containsExactly("anna", "boris", "anna");
    assertThat(readers(root)).containsExactly("Bearer " + bot.boris.token());
  }

  @Test
  void what_the_caller_may_not_read_is_not_read() {
    MattermostChannel secret =
        bot.mattermost.privateChannel(bot.team, "secret-" + Kept.mattermostId(), bot.bot, bot.anna);
    String root = bot.mattermost.post(bot.anna, secret, "Nobody must know.");
    Exchange read = read(root, bot.boris.token());
    assertThat(read.getException()).hasMessageContaining("403");
    assertThat(read.getVariable("discussion")).isNull();
  }

  private Exchange read(String post, String token) {
    return bot.call("read-as-caller", null, Map.of("asked_post", post, "asked_token", token));
  }

  private List<String> readers(String root) {
    List<String> tokens = new ArrayList<>();
    List<String> requests = bot.mattermost.requests();
    for (int at = 0; at < requests.size(); at++) {
      if (requests.get(at).equals("GET posts/" + root + "/thread")) {
        tokens.add(bot.mattermost.headers().get(at).get("Authorization"));
      }
    }
    return tokens;
  }
}
