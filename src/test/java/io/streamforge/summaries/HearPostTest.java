package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class HearPostTest {
  private final BotService bot;

  HearPostTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_command_is_heard_and_answered() {
    String root = bot.release(bot.channel());
    String command = bot.mattermost.reply(bot.boris, root, " @Summary-Bot САММАРИ ");
    assertThat(bot.ended(command).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.stored(command).requester()).isEqualTo(bot.boris.id());
  }

  @Test
  void what_is_no_command_or_comes_from_no_person_is_not() {
    MattermostChannel channel = bot.channel();
    String root = bot.release(channel);
    String talk = bot.mattermost.reply(bot.anna, root, "summary please");
    String own = bot.mattermost.reply(bot.bot, root, "!summary");
    MattermostUser other = bot.mattermost.bot("other-bot-" + root.substring(0, 6));
    bot.mattermost.join(channel, other);
    String machine = bot.mattermost.reply(other, root, "!summary");
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    bot.ended(command);
    assertThat(List.of(talk, own, machine)).allMatch(id -> bot.stored(id) == null);
  }
}
