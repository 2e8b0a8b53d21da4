package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ReportProgressTest {
  private final BotService bot;

  ReportProgressTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void whoever_waits_sees_how_far_it_is_but_not_too_often() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    Summary placed = bot.record(new SummaryEvent.Placed(taken.id(), bot.owner(), post));
    Desk desk = bot.bean("summaryDesk", Desk.class);
    desk.begin(taken.id());
    Map<String, Object> variables = bot.variables(placed, "discussion", bot.discussion(3));
    bot.call("report-progress", new Progress(1, 3), variables);
    assertThat(bot.said(root)).containsExactly("⏳");
    await()
        .untilAsserted(
            () -> {
              bot.call("report-progress", new Progress(2, 3), variables);
              assertThat(bot.said(root)).containsExactly("⏳ Reading 3 messages… 2 of 3 parts done");
            });
    bot.call("report-progress", new Progress(3, 3), variables);
    assertThat(bot.said(root).get(0)).contains("2 of 3");
    desk.end(taken.id());
    bot.drop(taken);
  }
}
