package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.mattermost.MattermostAccount;
import io.streamforge.camel.mattermost.MattermostRequests;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostTeam;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.playground.StandInModel;
import io.streamforge.service.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The whole service with a Mattermost and a model of its own. */
public final class BotService implements AutoCloseable {
  /** Waits short enough for tests. */
  private static final Map<String, String> QUICK =
      Map.ofEntries(
          Map.entry("SUMMARY_RESUME_PERIOD", "200ms"),
          Map.entry("SUMMARY_RETRY_DELAY", "100ms"),
          Map.entry("MATTERMOST_RESPONSE_TIMEOUT", "2500ms"),
          Map.entry("SUMMARY_LEASE", "3s"),
          Map.entry("SUMMARY_RENEWAL_PERIOD", "500ms"),
          Map.entry("SUMMARY_USER_LIMIT", "10000"),
          Map.entry("SUMMARY_CHANNEL_LIMIT", "10000"),
          Map.entry("MATTERMOST_RECONNECT_DELAY", "100ms"),
          Map.entry("LLM_RETRY_DELAY", "50ms"),
          Map.entry("LLM_BREAKER_PAUSE", "500ms"),
          Map.entry("SUMMARY_PROGRESS_PERIOD", "5s"),
          Map.entry("SUMMARY_PURGE_PERIOD", "200ms"),
          // How busy the machine is that the tests run on is not what most of them look at.
          Map.entry("SLASH_PATIENCE", "10s"),
          Map.entry("CATCH_UP_PERIOD", "2s"));

  /** So long that nobody else takes up what a test works on by itself. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final AtomicInteger channels = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  public final MattermostDouble mattermost;
  public final LlmDouble model;
  public final MattermostUser bot;
  public final MattermostTeam team;
  public final MattermostUser anna;
  public final MattermostUser boris;
  public final String slashToken;
  public final RunningService service;
  private final Map<String, String> settings;

  private BotService(
      MattermostVersion version,
      Function<LlmDouble.Question, String> brain,
      Map<String, String> some) {
    mattermost = new MattermostDouble(version);
    model = new LlmDouble(question -> brain.apply(afterGate(question))).model("test-model");
    bot = mattermost.bot("summary-bot");
    team = mattermost.team("team");
    anna = mattermost.user("anna");
    boris = mattermost.user("boris");
    mattermost.join(team, bot);
    settings = new HashMap<>(QUICK);
    settings.put("MATTERMOST_URL", mattermost.url());
    settings.put("MATTERMOST_TOKEN", bot.token());
    settings.put("LLM_BASE_URL", model.url());
    settings.put("LLM_MODEL", "test-model");
    slashToken = mattermost.command(team, "summary", mattermost.url());
    settings.put("SLASH_TOKENS", "another-token," + slashToken);
    settings.putAll(some);
    service = RunningService.start(settings);
    String commands = service.uri("/mattermost/commands").toString();
    mattermost.redirectCommand(team, "summary", commands);
    awaitListening();
  }

  /** Started and listening; {@code settings} go before the quick ones. */
  public static BotService start(MattermostVersion version, Map<String, String> settings) {
    return start(version, new StandInModel(), settings);
  }

  /** The same with a model that answers so. */
  public static BotService start(
      MattermostVersion version,
      Function<LlmDouble.Question, String> brain,
      Map<String, String> settings) {
    return new BotService(version, brain, settings);
  }

  private LlmDouble.Question afterGate(LlmDouble.Question question) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return question;
  }

  /** Lets the model answer nothing that it is asked from now on until the hold is closed. */
  Hold hold() {
    CountDownLatch held = new CountDownLatch(1);
    gate = held;
    return held::countDown;
  }

  /** As long as it is open, the model does not answer. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Another process of the same bot, as far as {@code DATA_DIR} was given. */
  RunningService another() {
    return RunningService.start(settings);
  }

  /** Waits until the bot hears what is posted. */
  public void awaitListening() {
    await().atMost(Duration.ofSeconds(20)).until(() -> mattermost.listening() > 0);
  }

  /** A new public channel with the bot, anna, boris, and others. */
  public MattermostChannel channel(MattermostUser... others) {
    String name = "channel-" + channels.incrementAndGet();
    MattermostChannel channel = mattermost.channel(team, name, bot, anna, boris);
    Arrays.stream(others).forEach(other -> mattermost.join(channel, other));
    return channel;
  }

  /** A thread of some messages, by anna and boris in turn; its root. */
  public String thread(MattermostChannel channel, String... messages) {
    String root = mattermost.post(anna, channel, messages[0]);
    for (int at = 1; at < messages.length; at++) {
      mattermost.reply(at % 2 == 0 ? anna : boris, root, messages[at]);
    }
    return root;
  }

  /** A thread that is worth a summary; its root. */
  public String release(MattermostChannel channel) {
    return thread(
        channel,
        "Shall we move the release to Friday? The tests are still red.",
        "Yes. I will tell the customers by Thursday.",
        "Agreed, Friday it is.");
  }

  /** What the bot has said in a thread, oldest first. */
  public List<String> said(String root) {
    return mattermost.thread(root).stream()
        .filter(post -> post.path("user_id").asText().equals(bot.id()))
        .map(post -> post.path("message").asText())
        .toList();
  }

  /** Waits for the one answer of the bot in a thread. */
  public String answer(String root) {
    return answers(root, 1).get(0);
  }

  /** Waits until the bot has said that many things in a thread, none of them a placeholder. */
  public List<String> answers(String root, int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(said(root)).hasSize(count).noneMatch(text -> text.startsWith("⏳")));
    return said(root);
  }

  /** Waits until a request has come to its end, and tells what is known of it. */
  public Summary ended(String id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> stored(id) != null && !stored(id).isOpen());
    return stored(id);
  }

  /** What is known of a request; null when nothing is. */
  public Summary stored(String id) {
    StoredSummary stored =
        service.call("load-summary", id, Map.of()).getMessage().getBody(StoredSummary.class);
    return stored == null ? null : SummaryJson.read(stored);
  }

  /** Calls a {@code direct:} route. */
  public Exchange call(String route, @Nullable Object body, Map<String, Object> variables) {
    return service.call(route, body, variables);
  }

  /** A bean of the service. */
  public <T> T bean(String name, Class<T> type) {
    return service.application().camel().getRegistry().lookupByNameAndType(name, type);
  }

  /** What the bot knows itself by. */
  public MattermostAccount.Account account() {
    return new MattermostAccount.Account(bot.id(), bot.username());
  }

  /** The variables of a route that works on a request. */
  public Map<String, Object> variables(Summary summary, String name, Object value) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("summary", summary);
    variables.put("bot", account());
    variables.put(name, value);
    return variables;
  }

  /** A command of a user in a thread that only the test knows of. */
  Summary request(String root, MattermostUser user) {
    String channel = mattermost.find(root).orElseThrow().path("channel_id").asText();
    ThreadPlace thread = new ThreadPlace(channel, root);
    return bean("summaryRequests", Requests.class)
        .fromSlash("test-" + UUID.randomUUID(), thread, user.id(), false);
  }

  /** Writes a request down. */
  Summary plant(Summary request) {
    save(SummaryJson.stored(request));
    return request;
  }

  /** Writes down what is stored of a request. */
  void save(StoredSummary stored) {
    assertThat(call("save-summary", stored, Map.of()).getException()).isNull();
  }

  /** The name of the process of the service. */
  String owner() {
    return bean("summaryDesk", Desk.class).owner();
  }

  /** Writes a request down as one that the service works on, for the time of a lease. */
  Summary taken(Summary request) {
    return taken(request, owner(), LEASE);
  }

  /** Writes a request down as one that a process works on, for the time of a lease. */
  Summary taken(Summary request, String owner, Duration lease) {
    try {
      SummaryEvent event = new SummaryEvent.Taken(request.id(), owner);
      return plant(new SummaryRule(lease).after(request, event, clock()));
    } catch (NotOursException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant clock() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Ends a request that {@link #taken} has made, so that nobody goes on with it. */
  void drop(Summary taken) {
    if (stored(taken.id()).isOpen()) {
      record(new SummaryEvent.Dropped(taken.id(), owner(), "the test is over"));
    }
  }

  /** Brings what happened into the store. */
  Summary record(SummaryEvent event) {
    Exchange recorded = call("record-summary", event, Map.of());
    assertThat(recorded.getException()).isNull();
    return recorded.getMessage().getBody(Summary.class);
  }

  /** That an answer of those parts is settled. */
  SummaryEvent settling(Summary taken, String... parts) {
    Reply reply = new Reply(Reply.Kind.SUMMARY, List.of(parts));
    return new SummaryEvent.Settled(taken.id(), owner(), reply, Asked.made("test"));
  }

  /** The same in the store. */
  Summary settled(Summary taken, String... parts) {
    return record(settling(taken, parts));
  }

  /** The same delivered, after a time. */
  Summary slow(Summary taken, Duration after) {
    Summary placed = Asked.after(taken, new SummaryEvent.Placed(taken.id(), owner(), "post"));
    Summary settled = Asked.after(placed, settling(taken, "the summary"));
    SummaryEvent delivered = new SummaryEvent.Delivered(taken.id(), owner(), List.of("post"));
    return Asked.after(settled, delivered, taken.createdAt().plus(after));
  }

  /** Posts a part as the bot would. */
  String create(Delivery.Part part) {
    return call("create-part", part, Map.of()).getMessage().getBody(String.class);
  }

  /** A thread as Mattermost tells it. */
  JsonNode threadAnswer(String root) {
    return call("call-mattermost", new MattermostRequests().thread(root), Map.of())
        .getMessage()
        .getBody(JsonNode.class);
  }

  /** A discussion of some messages. */
  Discussion discussion(int messages) {
    return new Discussion(
        "",
        "",
        IntStream.rangeClosed(1, messages)
            .mapToObj(number -> new Message(number, "", "anna", "Hello", clock(), List.of(), 0))
            .toList());
  }

  /** Asks for a summary over REST, with the token of a user or without one. */
  HttpResponse<String> summarise(ObjectNode body, @Nullable String token) {
    String[] headers = token == null ? new String[0] : new String[] {"X-Mattermost-Token", token};
    return service.post("/summaries", body.toString(), headers);
  }

  /** A request over REST for a thread. */
  static ObjectNode asking(String field, String value) {
    return SummaryJson.MAPPER.createObjectNode().put(field, value);
  }

  /** A request over REST with messages, by anna and boris in turn. */
  static ObjectNode pasting(String... texts) {
    ObjectNode body = SummaryJson.MAPPER.createObjectNode();
    ArrayNode messages = body.putArray("messages");
    for (String text : texts) {
      String user = messages.size() % 2 == 0 ? "anna" : "boris";
      messages.addObject().put("user", user).put("text", text);
    }
    return body;
  }

  /** The link to a post. */
  String permalink(String postId) {
    return mattermost.url() + "/" + team.name() + "/pl/" + postId;
  }

  /** Writes a slash command, as a client of Mattermost does; what its user is told. */
  String slash(MattermostUser user, MattermostChannel channel, String root) {
    ObjectNode command = asking("command", "/summary").put("channel_id", channel.id());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(mattermost.url() + "/api/v4/commands/execute"))
            .header("Authorization", "Bearer " + user.token())
            .POST(HttpRequest.BodyPublishers.ofString(command.put("root_id", root).toString()))
            .build();
    return RunningService.json(service.send(request)).path("text").asText();
  }

  /** The summaries that the API lists of a thread. */
  public JsonNode listed(String root) {
    return RunningService.json(service.get("/summaries?thread=" + root)).path("data");
  }

  @Override
  public void close() {
    gate.countDown();
    service.close();
    mattermost.close();
    model.close();
  }
}
