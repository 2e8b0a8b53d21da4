package io.streamforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.mattermost.MattermostRequests;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostTeam;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.summaries.BotService;
import io.streamforge.summaries.Discussion;
import io.streamforge.summaries.Made;
import io.streamforge.summaries.Reading;
import io.streamforge.summaries.Summariser;
import io.streamforge.summaries.ThreadReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the summary bot adds to the time and the work of its peers, which answer at once. It prints
 * a table and fails only when something is lost, never for a time.
 */
@Tag("benchmark")
class BotBenchmark {
  private static final Report REPORT = new Report();
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int WARM = Integer.getInteger("benchmark.warm.summaries", 400);
  private static final int SUMMARIES = Integer.getInteger("benchmark.summaries", 300);
  private static final int OF_ONE_USER = 20;
  private static final int POSTS = 5_000;
  private static final int EVENTS_PER_SECOND = 1_000;

  /** The periods of a service, not those of tests. */
  private static final Map<String, String> CALM =
      Map.of(
          "LOCAL_TICK", "1h",
          "RESUME_PERIOD", "1h",
          "ANNOUNCE_PERIOD", "1h",
          "TELEMETRY_MEASURE_PERIOD", "1m",
          "SUMMARY_RESUME_PERIOD", "2s",
          "SUMMARY_RENEWAL_PERIOD", "8s",
          "SUMMARY_LEASE", "30s",
          "SUMMARY_PURGE_PERIOD", "1h",
          "CATCH_UP_PERIOD", "1m");

  private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  @AfterAll
  static void print() {
    REPORT.print();
  }

  @Test
  void what_it_adds_to_the_time_of_an_answer() throws Exception {
    AnswerTimes times = new AnswerTimes();
    try (BotService bot = BotService.start(MattermostVersion.V6_7, times, CALM);
        BareListener people =
            BareListener.listen(bot.mattermost.url(), bot.anna.token(), times::hear)) {
      for (int number = 0; number < WARM + SUMMARIES; number += OF_ONE_USER) {
        askAll(bot, times, number >= WARM);
      }
      REPORT.add(
          "event to question: median %.1f ms, p99 %.1f ms; model to post: median %.1f ms, p99 %.1f ms",
          times.toQuestion(50), times.toQuestion(99), times.toAnswer(50), times.toAnswer(99));
      REPORT.limit("event to question, p95", times.toQuestion(95), 50, "ms");
      REPORT.limit("model to post, p95", times.toAnswer(95), 50, "ms");
      StackSampler where = new StackSampler();
      where.during(
          () -> {
            for (int number = 0; number < 5; number++) {
              askAll(bot, times, false);
            }
            return null;
          },
          () -> null);
      REPORT.where(where);
    }
  }

  /** What one user in one channel asks for, as far as the limits let them. */
  private static void askAll(BotService bot, AnswerTimes times, boolean counts)
      throws InterruptedException {
    MattermostUser user = bot.mattermost.user("user-" + System.nanoTime());
    MattermostChannel channel = bot.channel(user);
    for (int number = 0; number < OF_ONE_USER; number++) {
      bot.mattermost.reply(user, bot.release(channel), "!summary");
      times.await(counts);
    }
  }

  @Test
  void other_peoples_chatter(@TempDir Path folder) throws Exception {
    try (MattermostDouble mattermost = new MattermostDouble(MattermostVersion.V6_7)) {
      MattermostTeam team = mattermost.team("team");
      MattermostUser bot = mattermost.bot("summary-bot");
      MattermostUser anna = mattermost.user("anna");
      MattermostChannel channel = mattermost.channel(team, "town-square", bot, anna);
      double bare = bareCores(mattermost, bot, anna, channel);
      Map<String, String> settings =
          Map.of("MATTERMOST_URL", mattermost.url(), "MATTERMOST_TOKEN", bot.token());
      try (ServiceProcess service = ServiceProcess.start(folder, FLAGS, settings)) {
        awaitListening(mattermost);
        Chatter chatter = new Chatter(mattermost, anna, channel, EVENTS_PER_SECOND);
        long before = heard(service);
        chatter.cores(service.handle(), Duration.ofSeconds(30));
        double idle = Chatter.idleCores(service.handle(), Duration.ofSeconds(10));
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          rounds.add(chatter.cores(service.handle(), Duration.ofSeconds(10)));
        }
        double talking = median(rounds);
        REPORT.add(
            "%,d events/s: %.3f cores, idle %.3f (with its broker), bare listener %.3f: ratio %.2f",
            EVENTS_PER_SECOND, talking, idle, bare, bare / (talking - idle));
        REPORT.limit("chatter", talking, 0.5, "cores");
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> heard(service) - before >= chatter.said());
      }
    }
  }

  private static double bareCores(
      MattermostDouble mattermost,
      MattermostUser bot,
      MattermostUser anna,
      MattermostChannel channel)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BareListener.class.getName(), mattermost.url(), bot.token()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      awaitListening(mattermost);
      Chatter chatter = new Chatter(mattermost, anna, channel, EVENTS_PER_SECOND);
      chatter.cores(process.toHandle(), Duration.ofSeconds(20));
      List<Double> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        rounds.add(chatter.cores(process.toHandle(), Duration.ofSeconds(10)));
      }
      assertThat(process.isAlive()).isTrue();
      return median(rounds);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void awaitListening(MattermostDouble mattermost) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> mattermost.listening() == 1);
  }

  /** How many posts the service has heard. */
  private static long heard(ServiceProcess service) throws Exception {
    Matcher count =
        Pattern.compile("(?m)^camel_exchanges_total\\{[^}]*routeId=\"hear-post\"[^}]*} (\\S+)")
            .matcher(service.get("/metrics").body());
    return count.find() ? (long) Double.parseDouble(count.group(1)) : 0;
  }

  @Test
  void a_thread_of_five_thousand_posts() throws Exception {
    try (BotService bot = BotService.start(MattermostVersion.V6_7, CALM)) {
      MattermostChannel channel = bot.channel();
      String root = bot.mattermost.post(bot.anna, channel, said(0));
      for (int number = 1; number < POSTS; number++) {
        bot.mattermost.reply(number % 2 == 0 ? bot.anna : bot.boris, root, said(number));
      }
      List<Double> seconds = new ArrayList<>();
      for (int round = 0; round < 2 + ROUNDS; round++) {
        seconds.add(secondsToSummary(bot, root, POSTS + round));
        bot.mattermost.reply(bot.boris, root, said(POSTS + round));
      }
      REPORT.add(
          "%,d posts, end to end: first %.1f s, later %.1f s; %d questions each, answered at once",
          POSTS, seconds.get(0), median(seconds), bot.model.questions().size() / (2 + ROUNDS));
      readAndChunk(bot, root);
    }
  }

  private static double secondsToSummary(BotService bot, String root, int posts) {
    long begun = System.nanoTime();
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    assertThat(bot.ended(command).made()).isNotNull().returns(posts, Made::covered);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void readAndChunk(BotService bot, String root) {
    MattermostRequests requests = new MattermostRequests();
    JsonNode thread = answer(bot, requests.thread(root));
    JsonNode users = answer(bot, requests.users(List.of(bot.anna.id(), bot.boris.id())));
    ThreadReading threads = bot.bean("threadReading", ThreadReading.class);
    Summariser summariser = bot.bean("summariser", Summariser.class);
    List<Double> reading = new ArrayList<>();
    List<Double> chunking = new ArrayList<>();
    int chunks = 0;
    for (int round = 0; round < 10 * ROUNDS; round++) {
      long begun = System.nanoTime();
      Reading read = threads.read(thread, bot.bot.id(), bot.bot.username());
      Discussion discussion = threads.discussion(read, users);
      long between = System.nanoTime();
      chunks = summariser.work(discussion).chunks().size();
      chunking.add((System.nanoTime() - between) / 1e6);
      reading.add((between - begun) / 1e6);
    }
    REPORT.add("%,d posts: read in %.1f ms, %d chunks", POSTS, median(reading), chunks);
    REPORT.limit("chunked", median(chunking), 300, "ms");
    REPORT.limit("chunked, the slowest", chunking.stream().max(Double::compare).get(), 300, "ms");
  }

  private static JsonNode answer(BotService bot, Object request) {
    return bot.call("call-mattermost", request, Map.of()).getMessage().getBody(JsonNode.class);
  }

  private static String said(int number) {
    return number % 2 == 0
        ? "Сообщение "
            + number
            + ": перенос релиза обсуждали в понедельник, тесты всё ещё красные,"
            + " и заказчики ждут ответа до конца недели."
        : "Message " + number + ": I will tell the customers by Thursday that the release moves.";
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
