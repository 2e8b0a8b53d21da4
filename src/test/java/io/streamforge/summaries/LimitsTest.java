package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.LlmTrouble;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What keeps one user, one channel or one system from taking the service from all others. */
class LimitsTest {
  private static BotService bot;

  @BeforeAll
  static void start() {
    bot =
        BotService.start(
            MattermostVersion.V6_7,
            Map.of(
                "SUMMARY_USER_LIMIT", "2",
                "SUMMARY_CHANNEL_LIMIT", "3",
                "SUMMARY_QUEUE_LIMIT", "3",
                "SUMMARY_REST_LIMIT", "1"));
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @AfterEach
  void heal() {
    bot.model.heal();
  }

  /** Somebody who has not asked for anything yet. */
  private static MattermostUser newcomer(MattermostChannel channel) {
    MattermostUser user = bot.mattermost.user("user-" + Kept.mattermostId().substring(0, 10));
    bot.mattermost.join(channel, user);
    return user;
  }

  private static Summary asked(MattermostUser user, String root) {
    return bot.ended(bot.mattermost.reply(user, root, "!summary"));
  }

  private static String said(Summary summary) {
    return requireNonNull(summary.reply()).parts().get(0);
  }

  @Test
  void whoever_has_had_their_share_is_told_when_there_is_more_and_others_are_served() {
    MattermostChannel channel = bot.channel();
    MattermostUser dora = newcomer(channel);
    for (int times = 0; times < 2; times++) {
      assertThat(asked(dora, bot.release(bot.channel(dora))).state())
          .isEqualTo(SummaryState.FINISHED);
    }
    String root = bot.release(channel);
    Summary third = asked(dora, root);
    assertThat(third.state()).isEqualTo(SummaryState.REFUSED);
    assertThat(bot.said(root)).containsExactly(said(third));
    assertThat(said(third))
        .matches(
            "You have had 2 summaries within 1 h: .* in \\d+ (min|h) \\(\\d\\d:\\d\\d UTC\\).");
    assertThat(asked(newcomer(channel), root).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void a_channel_that_has_had_its_share_is_told_and_other_channels_are_served() {
    MattermostChannel busy = bot.channel();
    for (int times = 0; times < 3; times++) {
      assertThat(asked(newcomer(busy), bot.release(busy)).state()).isEqualTo(SummaryState.FINISHED);
    }
    MattermostUser late = newcomer(busy);
    Summary fourth = asked(late, bot.release(busy));
    assertThat(fourth.state()).isEqualTo(SummaryState.REFUSED);
    assertThat(said(fourth)).contains("This channel has had 3 summaries", "UTC");
    MattermostChannel calm = bot.channel(late);
    assertThat(asked(late, bot.release(calm)).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void when_too_much_is_open_everybody_is_asked_to_come_back_until_there_is_room() {
    bot.model.trouble(LlmTrouble.hang(), 100);
    List<String> held = new ArrayList<>();
    for (int times = 0; times < 3; times++) {
      MattermostChannel channel = bot.channel();
      held.add(bot.mattermost.reply(newcomer(channel), bot.release(channel), "!summary"));
      String id = held.get(times);
      await().until(() -> bot.stored(id) != null && bot.stored(id).admitted());
    }
    MattermostChannel channel = bot.channel();
    String root = bot.release(channel);
    Summary fourth = asked(newcomer(channel), root);
    assertThat(fourth.state()).isEqualTo(SummaryState.REFUSED);
    assertThat(bot.said(root).get(0)).contains("again in a few minutes");
    bot.model.heal();
    bot.model.stop();
    bot.model.start();
    held.forEach(id -> assertThat(bot.ended(id).state()).isEqualTo(SummaryState.FINISHED));
    assertThat(asked(newcomer(channel), root).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void over_rest_too_one_caller_waits_at_a_time_and_two_summaries_are_made() {
    int asked = bot.model.questions().size();
    CompletableFuture<HttpResponse<String>> first;
    try (var held = bot.hold()) {
      first = CompletableFuture.supplyAsync(() -> bot.summarise(pasted(), null));
      await().until(() -> bot.model.questions().size() > asked);
      refused(bot.summarise(pasted(), null), "Too many summaries are being made");
    }
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(bot.summarise(pasted(), null).statusCode()).isEqualTo(200);
    refused(bot.summarise(pasted(), null), "had 2 summaries within 1 h");
  }

  private static ObjectNode pasted() {
    return BotService.pasting("Who will do it " + Kept.mattermostId() + "?", "I will.");
  }

  private static void refused(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains(reason);
  }
}
