package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.LlmTrouble;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostTeam;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.playground.StandInModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many people in many channels who ask for summaries, with a Mattermost and a model; and what has
 * to hold of the answers, whatever went wrong meanwhile. What it does is decided by its seed.
 */
final class BotCrowd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Stands in every post of a thread, hence in its summary, and in no other. */
  private static final Pattern TOKEN = Pattern.compile("topic\\d+x");

  private static final String VERBOSE = "verbosely";
  private static final List<String> COMMANDS = List.of("!summary", "summary", "Саммари");

  final MattermostDouble mattermost;
  final LlmDouble model;
  final MattermostUser bot;
  private final Random random;
  private final MattermostUser anna;
  private final MattermostUser boris;
  private final List<MattermostChannel> channels;
  private final List<Topic> threads = new ArrayList<>();
  private final Map<String, Integer> questions = new ConcurrentHashMap<>();
  private final StandInModel standIn = new StandInModel();

  /** A thread, and the posts in it that ask for a summary. */
  private record Topic(
      MattermostChannel channel, String root, String token, List<String> requests) {}

  BotCrowd(MattermostVersion version, int channelCount, Random random) {
    this.random = random;
    mattermost = new MattermostDouble(version);
    model = new LlmDouble(this::think).model("test-model");
    bot = mattermost.bot("summary-bot");
    anna = mattermost.user("anna");
    boris = mattermost.user("boris");
    MattermostTeam team = mattermost.team("team");
    channels =
        IntStream.range(0, channelCount)
            .mapToObj(number -> mattermost.channel(team, "channel-" + number, bot, anna, boris))
            .toList();
  }

  /** The settings of a service for them, with waits short enough for tests. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("MATTERMOST_URL", mattermost.url());
    settings.put("MATTERMOST_TOKEN", bot.token());
    settings.put("MATTERMOST_CONNECT_TIMEOUT", "500ms");
    settings.put("MATTERMOST_RESPONSE_TIMEOUT", "800ms");
    settings.put("MATTERMOST_RECONNECT_DELAY", "100ms");
    settings.put("MATTERMOST_RECONNECT_LONGEST_DELAY", "1s");
    settings.put("MATTERMOST_CHECK_PERIOD", "1s");
    settings.put("CATCH_UP_PERIOD", "1s");
    settings.put("LLM_BASE_URL", model.url());
    settings.put("LLM_MODEL", "test-model");
    settings.put("LLM_CONCURRENCY", "4");
    settings.put("LLM_NUM_CTX", "40000");
    settings.put("LLM_LONGEST_ANSWER", "12000");
    settings.put("LLM_CONNECT_TIMEOUT", "500ms");
    settings.put("LLM_TIMEOUT", "800ms");
    settings.put("LLM_TOKEN_TIMEOUT", "800ms");
    settings.put("LLM_RETRY_DELAY", "50ms");
    settings.put("LLM_RETRY_LONGEST_DELAY", "500ms");
    settings.put("LLM_BREAKER_PAUSE", "500ms");
    settings.put("LLM_CHECK_PERIOD", "500ms");
    settings.put("SUMMARY_RESUME_PERIOD", "200ms");
    settings.put("SUMMARY_RETRY_DELAY", "100ms");
    settings.put("SUMMARY_RETRY_LONGEST_DELAY", "1s");
    settings.put("SUMMARY_LEASE", "3s");
    settings.put("SUMMARY_RENEWAL_PERIOD", "500ms");
    settings.put("SUMMARY_PROGRESS_PERIOD", "100ms");
    settings.put("SUMMARY_USER_LIMIT", "10000");
    settings.put("SUMMARY_CHANNEL_LIMIT", "10000");
    settings.put("SUMMARY_QUEUE_LIMIT", "10000");
    return settings;
  }

  /** Lets Mattermost and the model take their time, so that there is something to be amid of. */
  void slowDown() {
    mattermost.fail(MattermostFault.slow(Duration.ofMillis(40)).on("posts.*"), Integer.MAX_VALUE);
    model.trouble(LlmTrouble.slowToStart(Duration.ofMillis(200)), Integer.MAX_VALUE);
  }

  private String think(LlmDouble.Question question) {
    String asked =
        question.messages().stream()
            .filter(message -> message.role().equals("user"))
            .map(LlmDouble.Message::content)
            .collect(Collectors.joining("\n"));
    questions.merge(asked, 1, Integer::sum);
    return asked.contains(VERBOSE) ? verbose(asked) : standIn.apply(question);
  }

  /** Too much for one post. */
  private static String verbose(String asked) {
    ObjectNode answer = JSON.createObjectNode();
    String token = tokens(asked).get(0);
    answer.putArray("topics").add(token);
    ArrayNode points = answer.putArray("key_points");
    for (int number = 1; number <= 60; number++) {
      String text = ("Point " + number + " of " + token + ". ") + "word ".repeat(80);
      points.addObject().put("text", text).put("post", 1);
    }
    answer.putArray("tasks");
    answer.putArray("conclusions");
    return answer.toString();
  }

  private static List<String> tokens(String text) {
    return TOKEN.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  /** How many posts have asked. */
  int asked() {
    return threads.stream().mapToInt(thread -> thread.requests().size()).sum();
  }

  /**
   * Somebody asks: mostly in a new thread, else in one of before, be it at once or after something
   * more was said there.
   */
  void ask() {
    int choice = random.nextInt(10);
    if (threads.isEmpty() || choice < 6) {
      threads.add(thread());
    } else if (choice < 8) {
      Topic some = threads.get(random.nextInt(threads.size()));
      mattermost.reply(boris, some.root(), "One more thing about " + some.token());
      askIn(some);
      return;
    }
    askIn(threads.get(choice < 9 ? threads.size() - 1 : random.nextInt(threads.size())));
  }

  private Topic thread() {
    MattermostChannel channel = channels.get(random.nextInt(channels.size()));
    String token = "topic" + threads.size() + "x";
    String how = random.nextInt(8) == 0 ? VERBOSE : "soon";
    String root =
        mattermost.post(anna, channel, "Shall we talk about " + token + " " + how + " on Friday?");
    mattermost.reply(boris, root, "Yes. I will prepare " + token + " by Thursday.");
    mattermost.reply(anna, root, "Agreed, " + token + " on Friday it is.");
    return new Topic(channel, root, token, new ArrayList<>());
  }

  private void askIn(Topic thread) {
    String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
    MattermostUser asker = random.nextBoolean() ? anna : boris;
    thread.requests().add(mattermost.reply(asker, thread.root(), command));
  }

  /** What became of all requests. */
  record Outcome(
      int requests,
      Map<String, Integer> states,
      int posts,
      int questions,
      int askedAgain,
      Duration longest) {
    @Override
    public String toString() {
      return "%d requests %s, %d posts, %d questions to the model, %d of them again, longest %d ms"
          .formatted(requests, states, posts, questions, askedAgain, longest.toMillis());
    }
  }

  /**
   * Waits until all requests have come to their ends, and holds the answers to what was promised.
   *
   * @param service answers {@code GET} with the body
   */
  Outcome audit(Function<String, String> service) {
    Map<String, Integer> states = new TreeMap<>();
    int posts = 0;
    Duration longest = Duration.ZERO;
    for (Topic thread : threads) {
      Map<String, JsonNode> ends = ends(thread, service);
      List<JsonNode> said = said(thread);
      assertThread(thread, ends, said);
      posts += said.size();
      for (JsonNode end : ends.values()) {
        states.merge(end.path("state").asText(), 1, Integer::sum);
        Instant begun = Instant.parse(end.path("created_at").asText());
        Duration took = Duration.between(begun, Instant.parse(end.path("finished_at").asText()));
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
    }
    int inChannels =
        channels.stream().mapToInt(channel -> ofBot(mattermost.posts(channel)).size()).sum();
    assertThat(inChannels)
        .as("posts of the bot outside of the threads it was asked in")
        .isEqualTo(posts);
    int all = questions.values().stream().mapToInt(Integer::intValue).sum();
    return new Outcome(asked(), states, posts, all, all - questions.size(), longest);
  }

  private static Map<String, JsonNode> ends(Topic thread, Function<String, String> service) {
    Map<String, JsonNode> ends = new HashMap<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              JsonNode listed =
                  RunningService.json(
                      service.apply("/summaries?limit=100&thread=" + thread.root()));
              for (JsonNode one : listed.path("data")) {
                ends.put(one.path("id").asText(), one);
              }
              assertThat(ends.keySet())
                  .as("requests of " + thread)
                  .containsExactlyInAnyOrderElementsOf(thread.requests());
              assertThat(ends.values())
                  .as("open requests of " + thread)
                  .noneMatch(one -> one.path("finished_at").isNull());
            });
    return ends;
  }

  private List<JsonNode> said(Topic thread) {
    return ofBot(mattermost.thread(thread.root()));
  }

  private List<JsonNode> ofBot(List<JsonNode> posts) {
    return posts.stream().filter(post -> post.path("user_id").asText().equals(bot.id())).toList();
  }

  private void assertThread(Topic thread, Map<String, JsonNode> ends, List<JsonNode> said) {
    String story = story(thread, ends, said);
    for (JsonNode post : said) {
      String text = post.path("message").asText();
      assertThat(text).as(story).doesNotStartWith("⏳");
      assertThat(tokens(text)).as(story).isSubsetOf(thread.token());
      assertThat(post.path("channel_id").asText()).isEqualTo(thread.channel().id());
      assertThat(post.path("root_id").asText()).isEqualTo(thread.root());
      assertThat(post.at("/props/summary_request").asText()).as(story).isIn(thread.requests());
    }
    ends.forEach((id, end) -> assertRequest(id, end, ends, said, story));
  }

  private static void assertRequest(
      String id, JsonNode end, Map<String, JsonNode> ends, List<JsonNode> said, String story) {
    List<JsonNode> own =
        said.stream()
            .filter(post -> post.at("/props/summary_request").asText().equals(id))
            .filter(post -> !part(post).equals("mention"))
            .toList();
    List<String> parts = own.stream().map(BotCrowd::part).sorted().toList();
    switch (end.path("state").asText()) {
      case "joined" -> {
        assertThat(own).as(story).isEmpty();
        assertThat(end.path("answered_by").asText()).as(story).isIn(ends.keySet());
        assertThat(answered(end, ends)).as(story).isTrue();
      }
      case "finished" -> {
        assertThat(parts).as(story).isNotEmpty();
        assertThat(parts)
            .as(story)
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, parts.size()).mapToObj(String::valueOf).toList());
        assertThat(own).as(story).noneMatch(post -> post.path("message").asText().startsWith("😔"));
        assertThat(own.stream().map(post -> post.path("message").asText()).distinct().toList())
            .as(story)
            .hasSameSizeAs(own);
      }
      case "failed" -> {
        assertThat(parts).as(story).containsExactly("1");
        assertThat(own.get(0).path("message").asText()).as(story).startsWith("😔");
      }
      default -> throw new AssertionError("neither an answer nor an apology: " + story);
    }
  }

  private static String part(JsonNode post) {
    return post.at("/props/summary_part").asText();
  }

  /** Whether the request whose answer serves it was answered itself, if need be by another one. */
  private static boolean answered(JsonNode end, Map<String, JsonNode> ends) {
    JsonNode at = end;
    for (int hops = 0; hops <= ends.size() && at.path("state").asText().equals("joined"); hops++) {
      at = ends.getOrDefault(at.path("answered_by").asText(), MissingNode.getInstance());
    }
    return List.of("finished", "failed").contains(at.path("state").asText());
  }

  private static String story(Topic thread, Map<String, JsonNode> ends, List<JsonNode> said) {
    String posts =
        said.stream()
            .map(
                post ->
                    "  %s %s of %s at %d: %s"
                        .formatted(
                            post.path("id").asText(),
                            part(post),
                            post.at("/props/summary_request").asText(),
                            post.path("create_at").asLong(),
                            post.path("message").asText().lines().findFirst().orElse("")))
            .collect(Collectors.joining("\n"));
    String requests =
        ends.values().stream().map(end -> "  " + end).collect(Collectors.joining("\n"));
    return "thread %s\nrequests\n%s\nposts\n%s".formatted(thread, requests, posts);
  }

  @Override
  public void close() {
    mattermost.close();
    model.close();
  }
}
