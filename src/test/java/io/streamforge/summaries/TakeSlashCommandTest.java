package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class TakeSlashCommandTest {
  private static final String TAKEN =
      "seda:take-slash-command?waitForTaskToComplete=Always&timeout=20000";
  private final BotService bot;

  TakeSlashCommandTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_slash_command_is_written_down_before_it_is_answered() {
    String root = bot.release(bot.channel());
    Summary request = bot.request(root, bot.anna);
    assertThat(bot.service.send(TAKEN, request, Map.of()).getException()).isNull();
    assertThat(bot.stored(request.id())).isNotNull();
    assertThat(bot.ended(request.id()).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void when_it_could_not_be_written_down_whoever_waits_learns_that() throws Exception {
    Summary request = bot.request(bot.release(bot.channel()), bot.anna);
    try (var away = bot.service.failing("save-summary")) {
      Exchange taken = bot.service.send(TAKEN, request, Map.of());
      assertThat(taken.getException()).hasMessageContaining("is away");
    }
    assertThat(bot.stored(request.id())).isNull();
  }
}
