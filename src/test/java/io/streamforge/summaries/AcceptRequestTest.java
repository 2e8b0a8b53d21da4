package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class AcceptRequestTest {
  private final BotService bot;

  AcceptRequestTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_request_is_written_down_and_answered_once_however_often_it_is_told() {
    String root = bot.release(bot.channel());
    Summary request = bot.request(root, bot.anna);
    assertThat(bot.call("accept-request", request, Map.of()).getException()).isNull();
    Summary ended = bot.ended(request.id());
    assertThat(ended.state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.call("accept-request", request, Map.of()).getException()).isNull();
    assertThat(bot.stored(request.id())).isEqualTo(ended);
    assertThat(bot.said(root)).hasSize(1);
  }
}
