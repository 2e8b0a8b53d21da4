package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class LocateThreadTest {
  private final BotService bot;

  LocateThreadTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_permalink_in_a_direct_message_is_answered_there_and_not_in_its_channel() {
    String root = bot.release(bot.channel());
    String reply = bot.mattermost.reply(bot.boris, root, "One more thing.");
    MattermostChannel direct = bot.mattermost.direct(bot.anna, bot.bot);
    String link = bot.mattermost.url() + "/team/pl/" + reply;
    String message = bot.mattermost.post(bot.anna, direct, link);
    assertThat(bot.answer(message)).contains("4 of 4 messages");
    Summary ended = bot.ended(message);
    assertThat(ended.thread().rootId()).isEqualTo(root);
    assertThat(ended.trigger()).isEqualTo(Trigger.DIRECT);
    assertThat(bot.said(root)).isEmpty();
  }

  @Test
  void whoever_is_not_in_the_channel_gets_nothing_of_it() {
    MattermostUser carol = bot.mattermost.user("carol-" + System.nanoTime() % 100_000);
    bot.mattermost.join(bot.team, carol);
    String root = bot.release(bot.channel());
    MattermostChannel direct = bot.mattermost.direct(carol, bot.bot);
    long read = bot.mattermost.count("GET .*/thread");
    String message = bot.mattermost.post(carol, direct, bot.mattermost.url() + "/team/pl/" + root);
    assertThat(bot.answer(message)).contains("members").doesNotContain("release");
    assertThat(bot.ended(message).state()).isEqualTo(SummaryState.REFUSED);
    assertThat(bot.mattermost.count("GET .*/thread")).isEqualTo(read);
  }

  @Test
  void a_slash_command_is_not_believed_in_which_channel_its_thread_is() {
    MattermostChannel other = bot.channel();
    String root = bot.release(bot.channel());
    Summary forged =
        bot.bean("summaryRequests", Requests.class)
            .fromSlash(
                "slash-" + Kept.mattermostId(),
                new ThreadPlace(other.id(), root),
                bot.anna.id(),
                false);
    Summary taken = bot.taken(forged);
    bot.call("locate-thread", null, bot.variables(taken, "discussion", ""));
    assertThat(bot.stored(taken.id()).thread().channelId())
        .isNotEqualTo(other.id())
        .isEqualTo(bot.request(root, bot.anna).thread().channelId());
    bot.drop(taken);
  }
}
