package io.streamforge.summaries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostUser;
import io.streamforge.service.LogLines;
import io.streamforge.service.RunningService;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is not in a channel gets nothing of its threads, whichever way they ask. */
@ExtendWith(SharedBot.class)
class NonMemberTest {
  private final BotService bot;
  private final LogLines log = LogLines.all();
  private final String secret = "secret-" + Kept.mattermostId();
  private final MattermostChannel channel;
  private final MattermostUser carol;
  private final String root;

  /** Everything that was told to her. */
  private final List<String> told = new ArrayList<>();

  NonMemberTest(BotService bot) {
    this.bot = bot;
    carol = bot.mattermost.user("carol-" + Kept.mattermostId().substring(0, 10));
    bot.mattermost.join(bot.team, carol);
    channel =
        bot.mattermost.privateChannel(
            bot.team, "private-" + Kept.mattermostId(), bot.bot, bot.anna, bot.boris);
    root = bot.thread(channel, "What is " + secret + "?", secret + " is what I will do.");
  }

  @AfterEach
  void nothing_of_it_is_anywhere() throws Exception {
    log.close();
    assertThat(told).isNotEmpty().noneMatch(text -> text.contains(secret));
    assertThat(log.matching(".*" + secret + ".*")).isEmpty();
    assertThat(bot.service.get("/metrics").body()).doesNotContain(secret);
    assertThat(bot.service.get("/summaries").body()).doesNotContain(secret);
    assertThat(bot.model.questions()).noneMatch(asked -> asked.body().contains(secret));
    assertThat(readers()).doesNotContain("Bearer " + bot.bot.token());
  }

  /** The tokens with which the thread was read. */
  private List<String> readers() {
    List<String> requests = bot.mattermost.requests();
    List<String> tokens = new ArrayList<>();
    for (int at = 0; at < requests.size(); at++) {
      if (requests.get(at).startsWith("GET posts/" + root + "/thread")) {
        tokens.add(bot.mattermost.headers().get(at).get("Authorization"));
      }
    }
    return tokens;
  }

  /** The request came to its end without a summary. */
  private void refused(String id) {
    Summary ended = bot.ended(id);
    assertThat(ended.state()).isIn(SummaryState.REFUSED, SummaryState.DROPPED);
    assertThat(SummaryJson.stored(ended).document()).doesNotContain(secret);
    assertThat(ended.made()).isNull();
    told.add(String.valueOf(ended.reply()));
    told.add(ended.toString());
    told.addAll(bot.said(root));
  }

  @Test
  void a_command_of_somebody_who_has_left_since() throws Exception {
    bot.mattermost.join(channel, carol);
    String command;
    try (var later = bot.service.without("perform-summary")) {
      command = bot.mattermost.reply(carol, root, "!summary");
      bot.mattermost.leave(channel, carol);
    }
    refused(command);
    assertThat(bot.said(root)).hasSize(1).allMatch(text -> text.contains("members"));
  }

  @Test
  void a_permalink_in_a_direct_message() {
    MattermostChannel direct = bot.mattermost.direct(carol, bot.bot);
    String message = bot.mattermost.post(carol, direct, bot.permalink(root));
    told.add(bot.answer(message));
    refused(message);
  }

  @Test
  void a_slash_command_in_her_name() {
    refused(slash(channel));
  }

  @Test
  void a_slash_command_in_a_channel_of_hers_that_names_the_thread() {
    MattermostChannel hers = bot.channel();
    bot.mattermost.join(hers, carol);
    String id = slash(hers);
    refused(id);
    bot.mattermost.posts(hers).forEach(post -> told.add(post.toString()));
    assertThat(show(id, carol).statusCode()).isEqualTo(404);
  }

  /** The id of the request. */
  private String slash(MattermostChannel where) {
    String form =
        "token=%s&channel_id=%s&user_id=%s&root_id=%s&command=%s&trigger_id=%s"
            .formatted(
                bot.slashToken,
                where.id(),
                carol.id(),
                root,
                URLEncoder.encode("/summary", UTF_8),
                Kept.mattermostId());
    HttpResponse<String> answer =
        bot.service.send(
            HttpRequest.newBuilder(bot.service.uri("/mattermost/commands"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    told.add(answer.body());
    return bot.listed(root).get(0).path("id").asText();
  }

  @Test
  void over_rest_with_her_token() {
    for (ObjectNode body :
        List.of(
            BotService.asking("post_id", root),
            BotService.asking("permalink", bot.permalink(root)))) {
      HttpResponse<String> answer = bot.summarise(body, carol.token());
      assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
      told.add(answer.body());
    }
    assertThat(readers()).isNotEmpty().containsOnly("Bearer " + carol.token());
  }

  @Test
  void a_summary_that_was_made_for_a_member() {
    ThreadPlace thread = new ThreadPlace(channel.id(), root);
    Summary made =
        Kept.store(bot.service, Kept.finished(Trigger.POST, thread, bot.anna.id(), Instant.now()));
    HttpResponse<String> answer = show(made.id(), carol);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain(Kept.TEXT, root, channel.id());
    told.add(answer.body());
    JsonNode member = RunningService.json(show(made.id(), bot.anna)).path("data");
    assertThat(member.path("markdown").asText()).isEqualTo(Kept.TEXT);
    told.add(bot.listed(root).toString());
    assertThat(bot.listed(root).toString()).doesNotContain(Kept.TEXT);
  }

  private HttpResponse<String> show(String id, MattermostUser user) {
    return bot.service.send(
        HttpRequest.newBuilder(bot.service.uri("/summaries/" + id))
            .header("X-Mattermost-Token", user.token())
            .build());
  }
}
