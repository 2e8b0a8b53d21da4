package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ReadThreadTest {
  private final BotService bot;

  ReadThreadTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void everything_that_people_said_is_read_with_their_names_and_nothing_else() {
    String root = bot.release(bot.channel());
    String deleted = bot.mattermost.reply(bot.anna, root, "a slip");
    bot.mattermost.delete(bot.anna, deleted);
    String edited = bot.mattermost.reply(bot.boris, root, "Thrsday, I mean.");
    bot.mattermost.edit(bot.boris, edited, "Thursday, I mean.");
    bot.mattermost.reply(bot.bot, root, "an older summary");
    Summary taken = bot.taken(bot.request(root, bot.anna));
    Exchange read = bot.call("read-thread", null, bot.variables(taken, "bot", bot.account()));
    Discussion discussion = read.getVariable("discussion", Discussion.class);
    assertThat(discussion.messages())
        .extracting(Message::author, Message::text)
        .containsExactly(
            tuple("anna", "Shall we move the release to Friday? The tests are still red."),
            tuple("boris", "Yes. I will tell the customers by Thursday."),
            tuple("anna", "Agreed, Friday it is."),
            tuple("boris", "Thursday, I mean."));
    bot.drop(taken);
  }
}
