package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostUser;
import io.streamforge.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mattermost decides who reads a summary of a thread. */
@ExtendWith(SharedBot.class)
class RequireReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final BotService bot;

  RequireReaderTest(BotService bot) {
    this.bot = bot;
  }

  private Summary summaryOf(MattermostChannel channel) {
    ThreadPlace thread = new ThreadPlace(channel.id(), Kept.mattermostId());
    return Kept.store(bot.service, Kept.finished(Trigger.POST, thread, bot.anna.id(), NOON));
  }

  private HttpResponse<String> show(Summary summary, String token) {
    return bot.service.send(
        HttpRequest.newBuilder(bot.service.uri("/summaries/" + summary.id()))
            .header("X-Mattermost-Token", token)
            .build());
  }

  @Test
  void who_may_read_the_channel_reads_the_summary() {
    HttpResponse<String> answer = show(summaryOf(bot.channel()), bot.boris.token());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(RunningService.json(answer).at("/data/markdown").asText()).isEqualTo(Kept.TEXT);
    assertThat(answer.headers().map()).doesNotContainKey("x-mattermost-token");
  }

  @Test
  void to_who_may_not_read_the_channel_it_is_not_there() {
    MattermostUser stranger = bot.mattermost.user("stranger-" + Kept.mattermostId());
    MattermostChannel secret =
        bot.mattermost.privateChannel(bot.team, "secret-" + Kept.mattermostId(), bot.bot, bot.anna);
    Summary summary = summaryOf(secret);

    assertThat(show(summary, bot.anna.token()).statusCode()).isEqualTo(200);
    for (String token : new String[] {stranger.token(), bot.boris.token(), "wrong-token"}) {
      HttpResponse<String> answer = show(summary, token);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(Kept.TEXT);
    }
  }

  @Test
  void a_summary_whose_channel_is_not_known_is_nobodys() {
    Summary nowhere =
        Kept.store(
            bot.service,
            Kept.finished(Trigger.DIRECT, new ThreadPlace("", ""), bot.anna.id(), NOON));

    assertThat(show(nowhere, bot.anna.token()).statusCode()).isEqualTo(404);
  }
}
