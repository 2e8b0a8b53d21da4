package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.camel.mattermost.MattermostRequests;
import io.streamforge.playground.MattermostFault;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class WritePostTest {
  private final BotService bot;

  WritePostTest(BotService bot) {
    this.bot = bot;
  }

  private Exchange write(Summary summary) {
    var part = new Delivery.Part(summary, "1", "one", null, false, false);
    Map<String, Object> variables = bot.variables(summary, "bot", bot.account());
    return bot.call("write-post", new MattermostRequests().create(part.post()), variables);
  }

  @Test
  void a_post_is_written() {
    String root = bot.release(bot.channel());
    Summary summary = bot.request(root, bot.anna);
    assertThat(write(summary).getMessage().getBody(JsonNode.class).path("message").asText())
        .isEqualTo("one");
    assertThatCode(() -> bot.bean("summaryDoubts", Doubts.class).requireNone(summary))
        .doesNotThrowAnyException();
    assertThat(bot.said(root)).containsExactly("one");
  }

  @Test
  void one_of_which_nothing_is_heard_is_remembered() {
    Summary summary = bot.request(bot.release(bot.channel()), bot.anna);
    bot.mattermost.fail(MattermostFault.of(MattermostFault.Kind.CUT).on("posts"), 1);
    assertThat(write(summary).getException()).isInstanceOf(MattermostAwayException.class);
    assertThatThrownBy(() -> bot.bean("summaryDoubts", Doubts.class).requireNone(summary))
        .isInstanceOf(MattermostAwayException.class);
  }
}
