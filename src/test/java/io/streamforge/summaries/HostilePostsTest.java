package io.streamforge.summaries;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.MattermostVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.commonmark.node.Link;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hostile threads once more, in a channel, and looked at as what reached it. */
class HostilePostsTest {
  /** What a server takes as a post. */
  private static final int LONGEST = 16_000;

  private static final PlayedNow MODEL = new PlayedNow();
  private static LlmDouble llm;
  private static BotService bot;

  /** The model of the thread that is being played; one at a time. */
  private static final class PlayedNow {
    private volatile ObedientModel now = ObedientModel.ECHOES;

    String say(LlmDouble.Question question) {
      String data =
          question.messages().stream()
              .filter(message -> message.role().equals("user"))
              .map(LlmDouble.Message::content)
              .collect(joining("\n"));
      return now.answer(new LlmQuestion("", data, null, 1000)).text();
    }
  }

  @BeforeAll
  static void start() {
    llm = new LlmDouble(MODEL::say).model("hostile-model");
    bot =
        BotService.start(
            MattermostVersion.V6_7,
            Map.of(
                "LLM_BASE_URL", llm.url(),
                "LLM_MODEL", "hostile-model",
                "LLM_NUM_CTX", "131072",
                "LLM_LONGEST_ANSWER", "65536"));
  }

  @AfterAll
  static void stop() {
    bot.close();
    llm.close();
  }

  static Stream<HostileThread> threads() {
    return HostileThread.all().stream().filter(thread -> !thread.name().startsWith("megabyte"));
  }

  @ParameterizedTest
  @MethodSource("threads")
  void what_reaches_the_channel_pings_nobody_and_leads_nowhere(HostileThread thread) {
    List<ObedientModel> models = List.of(ObedientModel.values());
    MODEL.now = models.get(Math.floorMod(thread.name().hashCode(), models.size()));
    String root = post(thread);
    bot.ended(bot.mattermost.reply(bot.anna, root, "!summary"));
    List<JsonNode> posts =
        bot.mattermost.thread(root).stream()
            .filter(post -> post.path("user_id").asText().equals(bot.bot.id()))
            .toList();
    assertThat(posts).isNotEmpty();
    assertThat(posts)
        .allSatisfy(
            post -> assertThat(bot.mattermost.mentioned(post.path("id").asText())).isEmpty());
    PostedMarkdown read =
        new PostedMarkdown(posts.stream().map(post -> post.path("message").asText()).toList());
    assertThat(read.headings).hasSize(Section.Kind.values().length);
    String said = said(root);
    for (Link link : read.links) {
      String to = link.getDestination();
      assertThat(to.startsWith(bot.mattermost.url() + "/_redirect/pl/") || said.contains(to))
          .as("a link to %s", to)
          .isTrue();
      assertThat(to).doesNotContain("stolen");
    }
  }

  private static String post(HostileThread thread) {
    List<String> texts = new ArrayList<>();
    for (Message message : thread.discussion().messages()) {
      String text = message.text().replace("\0", "");
      texts.add(text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST, points(text)))));
    }
    texts.add("One more, so that there are two.");
    return bot.thread(bot.channel(), texts.toArray(String[]::new));
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String said(String root) {
    return bot.mattermost.thread(root).stream()
        .filter(post -> !post.path("user_id").asText().equals(bot.bot.id()))
        .map(post -> post.path("message").asText())
        .collect(joining("\n"));
  }
}
