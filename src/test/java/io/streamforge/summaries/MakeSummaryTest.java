package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.service.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class MakeSummaryTest {
  private final BotService bot;

  MakeSummaryTest(BotService bot) {
    this.bot = bot;
  }

  private JsonNode made(ObjectNode body, @Nullable String token) {
    HttpResponse<String> answer = bot.summarise(body, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode envelope = RunningService.json(answer);
    assertThat(ContractAnswers.faults("/summaries", "post", 200, envelope)).isEmpty();
    return envelope.path("data");
  }

  private String refused(int status, ObjectNode body, @Nullable String token) {
    HttpResponse<String> answer = bot.summarise(body, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode envelope = RunningService.json(answer);
    assertThat(ContractAnswers.faults("/summaries", "post", status, envelope)).isEmpty();
    return envelope.path("message").asText() + envelope.path("data");
  }

  @Test
  void messages_are_summarised_in_their_language() {
    JsonNode english =
        made(BotService.pasting("Shall we release on Friday?", "Yes, I will do it."), null);
    assertThat(english.path("state").asText()).isEqualTo("finished");
    assertThat(english.path("trigger").asText()).isEqualTo("pasted");
    assertThat(english.path("language").asText()).isEqualTo("en");
    assertThat(english.path("markdown").asText())
        .contains("Participants", "Conclusions", "2 of 2 messages")
        .doesNotContain("/pl/");
    assertThat(english.path("sections")).hasSize(5);
    JsonNode russian =
        made(BotService.pasting("Выпускаем в пятницу?", "Да, я всё подготовлю."), null);
    assertThat(russian.path("language").asText()).isEqualTo("ru");
    assertThat(russian.path("markdown").asText()).contains("Участники", "Выводы");
    assertThat(russian.at("/coverage/covered").asInt()).isEqualTo(2);
  }

  @Test
  void a_thread_is_summarised_by_a_post_or_a_link_and_nothing_is_posted() {
    String root = bot.release(bot.channel());
    String reply = bot.mattermost.reply(bot.boris, root, "One more thing.");
    JsonNode byPost = made(BotService.asking("post_id", reply), bot.anna.token());
    JsonNode byLink = made(BotService.asking("permalink", bot.permalink(root)), bot.boris.token());
    for (JsonNode made : new JsonNode[] {byPost, byLink}) {
      assertThat(made.path("trigger").asText()).isEqualTo("rest");
      assertThat(made.at("/thread/root_id").asText()).isEqualTo(root);
      assertThat(made.path("markdown").asText()).contains("4 of 4 messages", "/pl/" + root);
    }
    assertThat(bot.said(root)).isEmpty();
  }

  @Test
  void whoever_may_not_read_the_thread_gets_nothing_of_it() {
    MattermostChannel secret =
        bot.mattermost.privateChannel(bot.team, "secret-" + Kept.mattermostId(), bot.bot, bot.anna);
    String root = bot.thread(bot.channel(), "Hello", "Hello again");
    assertThat(refused(403, BotService.asking("post_id", root), null))
        .contains("X-Mattermost-Token");
    assertThat(refused(403, BotService.asking("post_id", root), "wrong")).doesNotContain("Hello");
    String hidden = bot.mattermost.post(bot.anna, secret, "Nobody must know.");
    bot.mattermost.reply(bot.anna, hidden, "Nobody at all.");
    assertThat(refused(403, BotService.asking("post_id", hidden), bot.boris.token()))
        .doesNotContain("Nobody");
    assertThat(refused(404, BotService.asking("post_id", Kept.mattermostId()), bot.anna.token()))
        .contains("no such thread");
    assertThat(bot.listed(hidden)).isEmpty();
  }

  @Test
  void what_cannot_be_summarised_is_refused_with_the_reason() {
    assertThat(refused(422, BotService.pasting("Hello?"), null)).contains("at least two messages");
    String foreign = "https://mattermost.example/team/pl/" + Kept.mattermostId();
    assertThat(refused(422, BotService.asking("permalink", foreign), bot.anna.token()))
        .contains("Mattermost");
    assertThat(refused(422, BotService.asking("post_id", "../users/me"), bot.anna.token()))
        .contains("post_id");
    ObjectNode both = BotService.pasting("One.", "Two.").put("post_id", Kept.mattermostId());
    assertThat(refused(422, both, bot.anna.token())).contains("exactly one");
  }

  @Test
  void when_the_model_is_away_the_caller_is_told_when_to_come_back() {
    ObjectNode body = BotService.pasting("Who will do it " + Kept.mattermostId() + "?", "I will.");
    bot.model.stop();
    try {
      HttpResponse<String> answer = bot.summarise(body, null);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("The model does not answer");
    } finally {
      bot.model.start();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bot.summarise(body, null).statusCode() == 200);
  }
}
