package io.streamforge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamforge.camel.access.OidcSettings;
import io.streamforge.camel.console.Console;
import io.streamforge.camel.contract.Contract;
import io.streamforge.camel.edge.EdgeSettings;
import io.streamforge.camel.edge.EdgeSettings.MeteredPaths;
import io.streamforge.camel.edge.HttpEdge;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.GroupHorizon;
import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.KafkaProbe;
import io.streamforge.camel.kafka.PollBackoff;
import io.streamforge.camel.kafka.TailSubscription;
import io.streamforge.camel.kafka.TopicMaker;
import io.streamforge.camel.kafka.TopicMaker.Topic;
import io.streamforge.camel.leadership.HandsOver;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.camel.llm.LlmServer;
import io.streamforge.camel.mattermost.MattermostAccount;
import io.streamforge.queues.Announcer;
import io.streamforge.queues.Catalogue;
import io.streamforge.queues.CommandReader;
import io.streamforge.queues.DataNames;
import io.streamforge.queues.JobManifest;
import io.streamforge.queues.JobReconciler;
import io.streamforge.queues.JobSettings;
import io.streamforge.queues.LetterMarks;
import io.streamforge.queues.LiveView;
import io.streamforge.queues.Masking;
import io.streamforge.queues.QueueDeeds;
import io.streamforge.queues.QueueList;
import io.streamforge.queues.QueueLog;
import io.streamforge.queues.QueueMeters;
import io.streamforge.queues.QueuePlan;
import io.streamforge.queues.QueueRule;
import io.streamforge.queues.QueueStarter;
import io.streamforge.queues.QueueStopper;
import io.streamforge.queues.QueueTender;
import io.streamforge.queues.QueueTender.JobSpecs;
import io.streamforge.queues.Recorder;
import io.streamforge.queues.StartRule;
import io.streamforge.queues.TargetList;
import io.streamforge.queues.TelemetryReader;
import io.streamforge.queues.Waits;
import io.streamforge.queues.WorkerCommands;
import io.streamforge.queues.WorkerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** Makes the beans that routes name out of the settings. */
final class Wiring implements AutoCloseable {
  private static final int QUEUES_REMEMBERED = 20_000;
  // A mebibyte, and room for the headers that tell what was wrong.
  private static final String LARGEST_LETTER = "1114112";

  private final Settings settings;
  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private final Contract contract =
      new Contract(
          List.of(
              Path.of("routes/queues/queue-api.openapi.yaml"),
              Path.of("routes/summaries/bot-api.openapi.yaml"),
              Path.of("routes/operations/access-api.openapi.yaml")));
  private final Catalogue catalogue = Catalogue.read(Path.of("routes/queues/targets.yaml"));
  private final KafkaConnection kafka;
  private final PollBackoff polls;
  private final TopicMaker topics;
  private final GroupHorizon horizon;
  private final KafkaProbe probe;
  private final Masking masking;
  private final List<Dependencies> bound = new ArrayList<>();
  private final List<LlmServer> models = new ArrayList<>();
  private final List<LetterWiring> letters = new ArrayList<>();
  private @Nullable Leadership leadership;
  private final List<Console> consoles = new ArrayList<>();
  private boolean routesStarted;
  private volatile boolean oldUpdatesRead;

  Wiring(Settings settings) {
    this.settings = settings;
    boolean secured = !settings.text("kafka.user").isEmpty();
    boolean trusted = !settings.text("ca.path").isEmpty();
    kafka =
        new KafkaConnection(
            settings.text("kafka.bootstrap.servers"),
            secured ? settings.text("kafka.user") : null,
            secured ? settings.text("kafka.password") : null,
            settings.text("kafka.sasl.mechanism"),
            trusted ? Path.of(settings.text("ca.path")) : null,
            settings.duration("kafka.request.timeout"));
    polls = new PollBackoff(settings.duration("kafka.reconnect.pause"));
    topics =
        new TopicMaker(
            kafka,
            topics(),
            new TopicMaker.Patience(
                settings.duration("kafka.admin.timeout"),
                settings.duration("kafka.retry.delay"),
                settings.duration("kafka.retry.longest.delay")));
    String group = settings.text("instance") + "-telemetry";
    List<String> telemetry =
        List.of(settings.text("queue.events.topic"), settings.text("queue.control.topic"));
    horizon =
        new GroupHorizon(
            kafka.clientProperties(),
            group,
            telemetry,
            settings.duration("kafka.admin.timeout"),
            clock);
    probe = new KafkaProbe(kafka, settings.duration("kafka.probe.timeout"));
    masking = new Masking(settings.secrets());
  }

  private List<Topic> topics() {
    int partitions = settings.number("kafka.partitions");
    String control = settings.text("queue.control.topic");
    String events = settings.text("queue.events.topic");
    return List.of(
        new Topic(control, partitions, Map.of()),
        new Topic(events, partitions, Map.of()),
        new Topic(settings.text("queue.updates.topic"), 1, Map.of()),
        letters(control),
        letters(events),
        marks(control),
        marks(events));
  }

  /** A letter is larger than its message, which may be as large as Kafka takes by itself. */
  private static Topic letters(String topic) {
    return new Topic(topic + DeadLetter.SUFFIX, 1, Map.of("max.message.bytes", LARGEST_LETTER));
  }

  /** A mark is small, and must outlive its letter. */
  private static Topic marks(String topic) {
    return new Topic(
        topic + DeadLetter.SUFFIX + LetterMarks.SUFFIX, 1, Map.of("cleanup.policy", "compact"));
  }

  HttpEdge edge() {
    return new HttpEdge(
        new EdgeSettings(
            settings.text("http.host"),
            settings.number("http.worker.threads"),
            settings.number("http.max.in.flight"),
            settings.duration("http.drain"),
            Set.copyOf(settings.list("allowed.origins")),
            List.of(
                new MeteredPaths(
                    "/queues", "queue.requests", "Total number of queue-related API requests")),
            AccessWiring.connectionLimits(settings),
            AccessWiring.tls(settings)),
        contract,
        AccessWiring.access(settings));
  }

  void bind(CamelContext camel) {
    Registry registry = camel.getRegistry();
    bindMeters(registry);
    Leadership standing = bindLeadership(camel);
    bindKafka(camel, registry);
    bindPeers(camel);
    Waits waits = waits();
    QueueRule rule = new QueueRule(waits, masking);
    DataNames names = new DataNames(settings.list("quote.currencies"));
    QueuePlan plan = new QueuePlan(catalogue, names, settings::image);
    JobSpecs specs = new JobSpecs(catalogue, workerSettings(), new JobManifest(jobSettings()));
    WorkerCommands commands = new WorkerCommands();
    QueueDeeds deeds = new QueueDeeds(waits);
    Announcer announcer =
        new Announcer(QUEUES_REMEMBERED, settings.duration("announce.window"), clock);
    registry.bind(
        "start-queue-rule",
        new StartRule(catalogue, plan, settings.list("image.allow"), settings.number("max.steps")));
    registry.bind(
        "queueStarter",
        new QueueStarter(
            plan,
            rule,
            specs,
            settings.duration("idempotency.ttl"),
            settings.number("max.live.jobs"),
            clock));
    registry.bind(
        "queueTender", new QueueTender(rule, deeds, specs, commands, horizon::readUntil, clock));
    registry.bind(
        "jobReconciler",
        new JobReconciler(
            rule,
            () -> registry.findSingleByType(MeterRegistry.class),
            settings.text("orphans").equals("delete"),
            standing::holds,
            clock));
    registry.bind("queueStopper", new QueueStopper(rule, clock));
    registry.bind("queueList", new QueueList());
    registry.bind("targetList", new TargetList(catalogue));
    registry.bind("recorder", new Recorder());
    registry.bind("queueLog", new QueueLog());
    registry.bind("workerCommands", commands);
    registry.bind("announcer", announcer);
    LiveView liveView = new LiveView(announcer, () -> updatesRead(camel));
    bindTail(registry, liveView);
    registry.bind("liveView", liveView);
    registry.bind(
        "telemetryReader", new TelemetryReader(rule, settings.text("queue.control.topic")));
    registry.bind("commandReader", new CommandReader(contract, settings.text("instance")));
    registry.bind(
        "queueMeters",
        new QueueMeters(
            () -> registry.findSingleByType(MeterRegistry.class), catalogue, horizon::lag));
    letters.add(LetterWiring.bind(registry, settings, kafka, masking, clock));
    Dependencies dependencies = dependencies(camel, checks(camel));
    bound.add(dependencies);
    registry.bind("dependencies", dependencies);
    BotWiring.bind(registry, settings, dependencies, standing, clock);
    new SummaryWiring(settings, clock).bind(camel);
  }

  /** Who leads. */
  Leadership bindLeadership(CamelContext camel) {
    Leadership bindable = LeadershipWiring.bind(camel, settings, clock);
    leadership = bindable;
    return bindable;
  }

  /** The ways to Mattermost and to the model. */
  void bindPeers(CamelContext camel) {
    MattermostWiring.bind(camel, settings);
    models.addAll(LlmWiring.bind(camel, settings, clock));
  }

  /** The tag that Camel adds to each meter of a route would be part of the contract's names. */
  private static void bindMeters(Registry registry) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.config().meterFilter(MeterFilter.ignoreTags("camelContext"));
    registry.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
  }

  private void bindKafka(CamelContext camel, Registry registry) {
    registry.bind("pollBackoff", polls);
    registry.bind("telemetryHorizon", horizon);
    registry.bind("kafkaConnection", kafka);
    KafkaComponent component = new KafkaComponent(camel);
    kafka.configure(component);
    component.setPollExceptionStrategy(polls);
    // A producer that cannot be made, since no name is known yet, fails its sends and not the
    // start.
    component.setLazyStartProducer(true);
    component.setSubscribeConsumerBackoffInterval(
        settings.duration("kafka.reconnect.pause").toMillis());
    camel.addComponent("kafka", component);
  }

  /** Makes the topics that are missing, in the background, once the broker serves. */
  void makeTopics(CompletionStage<?> brokerServes) {
    topics.start(brokerServes);
  }

  private void bindTail(Registry registry, LiveView liveView) {
    Map<String, Integer> tails =
        Map.of(settings.text("queue.updates.topic"), settings.number("ws.replay"));
    registry.bind(
        "subscribeAdapter",
        new TailSubscription(tails, polls, (partition, begin, end) -> liveView.tail(begin, end)));
  }

  /** The routes are started; whoever wants to watch is admitted once old updates are read too. */
  synchronized void started(CamelContext camel) {
    routesStarted = true;
    ConsoleWiring.serve(settings, camel).ifPresent(consoles::add);
    admitWatchers(camel);
    requireNonNull(leadership, "nothing is bound").start();
  }

  /** Begins to give the lead up, if this process has it. */
  void leave() {
    if (leadership != null) {
      CompletableFuture<Void> unused = leadership.leave();
    }
  }

  /** Lets other processes go on with what this one works on. */
  void handOver(CamelContext camel) {
    for (HandsOver worker : camel.getRegistry().findByType(HandsOver.class)) {
      try {
        worker.handOver();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Waits until it is given up. */
  void left() {
    if (leadership != null) {
      leadership.close();
    }
  }

  private synchronized void updatesRead(CamelContext camel) {
    oldUpdatesRead = true;
    admitWatchers(camel);
  }

  private void admitWatchers(CamelContext camel) {
    if (!routesStarted || !oldUpdatesRead) {
      return;
    }
    try {
      camel.getRouteController().startRoute("watch-topic");
    } catch (Exception e) {
      throw new IllegalStateException("the live view cannot be opened", e);
    }
  }

  private Dependencies dependencies(CamelContext camel, Map<String, Dependency.Check> checks) {
    return new Dependencies(camel, checks, settings.duration("dependency.patience"), masking::mask);
  }

  /** The dependencies outside the process, each asked on the spot. */
  Dependencies outer(CamelContext camel) {
    ProducerTemplate routes = camel.createProducerTemplate();
    Map<String, Dependency.Check> checks = outerChecks(camel);
    if (leadership != null) {
      checks.put("leadership", leadership::check);
    }
    if (hasMattermost(settings)) {
      checks.put("mattermost", () -> checkMattermost(camel, routes));
    }
    if (hasModel(settings)) {
      checks.put("llm", () -> routes.requestBody("direct:check-llm", (Object) null));
    }
    OidcSettings oidc = AccessWiring.oidc(settings);
    if (oidc != null) {
      checks.put("oidc", oidc::requireKeys);
    }
    return dependencies(camel, checks);
  }

  private static void checkMattermost(CamelContext camel, ProducerTemplate routes) {
    routes.requestBody("direct:check-mattermost", (Object) null);
    camel.getRegistry().findSingleByType(MattermostAccount.class).require();
  }

  static boolean hasMattermost(Settings settings) {
    return !settings.text("mattermost.url").isEmpty();
  }

  static boolean hasModel(Settings settings) {
    return !settings.text("llm").equals("none");
  }

  private Map<String, Dependency.Check> outerChecks(CamelContext camel) {
    ProducerTemplate routes = camel.createProducerTemplate();
    Map<String, Dependency.Check> checks = new LinkedHashMap<>();
    checks.put("store", () -> routes.requestBody("direct:check-store", (Object) null));
    checks.put("kafka", probe::check);
    if (!settings.text("launcher").equals("local")) {
      checks.put("launcher", () -> routes.requestBody("direct:check-launcher", (Object) null));
    }
    return checks;
  }

  private Map<String, Dependency.Check> checks(CamelContext camel) {
    ProducerTemplate routes = camel.createProducerTemplate();
    Map<String, Dependency.Check> checks = outerChecks(camel);
    checks.put("kafka", this::checkKafka);
    checks.put("launcher", () -> routes.requestBody("direct:check-launcher", (Object) null));
    return checks;
  }

  private void checkKafka() throws Exception {
    probe.check();
    if (!topics.ready()) {
      throw new IllegalStateException(topics.error().orElse("the topics are being created"));
    }
    PollBackoff.Failure failure = polls.failure().orElse(null);
    if (failure != null) {
      throw new IllegalStateException(kafka.explain(failure.error()), failure.error());
    }
    if (!oldUpdatesRead) {
      throw new IllegalStateException("the live view opens once old updates are read");
    }
  }

  private Waits waits() {
    return new Waits(
        settings.duration("witness.grace"),
        settings.duration("stop.grace"),
        settings.duration("drain.idle"),
        settings.duration("connector.wait"),
        settings.duration("launch.window"),
        settings.duration("start.deadline"),
        settings.text("launch.order").equals("together"));
  }

  private WorkerSettings workerSettings() {
    return new WorkerSettings(
        settings.text("kafka.bootstrap.servers"),
        settings.text("kafka.user"),
        settings.text("ca.path"),
        settings.text("queue.control.topic"),
        settings.text("queue.events.topic"),
        settings.text("arango.url"),
        settings.text("arango.db"),
        settings.text("arango.user"),
        settings.text("k8s.namespace"));
  }

  private JobSettings jobSettings() {
    return new JobSettings(
        settings.text("k8s.namespace"),
        settings.text("instance"),
        settings.text("worker.secret"),
        settings.text("ca.config.map"),
        settings.text("ca.path"),
        settings.text("k8s.service.account"),
        settings.text("k8s.pull.policy"),
        settings.number("k8s.backoff.limit"),
        (int) settings.duration("k8s.ttl.after.finished").toSeconds(),
        settings.pairs("k8s.node.selector"),
        settings.pairs("k8s.requests"),
        settings.pairs("k8s.limits"));
  }

  @Override
  public void close() {
    left();
    bound.forEach(Dependencies::close);
    models.forEach(LlmServer::close);
    letters.forEach(LetterWiring::close);
    consoles.forEach(Console::close);
    topics.close();
    horizon.close();
    probe.close();
  }
}
