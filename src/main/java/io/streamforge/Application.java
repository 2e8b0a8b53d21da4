package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.console.MBeansByKind;
import io.streamforge.camel.console.ShownBeans;
import io.streamforge.camel.edge.HttpEdge;
import io.streamforge.camel.kafka.EmbeddedBroker;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.yaml.RouteFileLoader;
import io.streamforge.playground.Playground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: Camel with its routes, and on the embedded default a Kafka broker in the same
 * process.
 */
public final class Application {
  /** What an end may take besides HTTP_DRAIN and Camel's: Vert.x and the broker, and some. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);

  private final Settings settings;
  private final @Nullable EmbeddedBroker broker;
  private final @Nullable Playground playground;
  private final Main main = new Main();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable String brokerDeath;

  private Application(
      Settings settings, @Nullable EmbeddedBroker broker, @Nullable Playground playground) {
    this.settings = settings;
    this.broker = broker;
    this.playground = playground;
  }

  /**
   * Runs until SIGTERM; {@code --check} only tries all dependencies and exits with 0 or 1, {@code
   * --support} prints a report, and {@code --new-token NAME SCOPE} a new token.
   */
  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--support")) {
      System.exit(support());
    }
    try {
      if (arguments.length > 0 && arguments[0].equals("--new-token")) {
        System.exit(TokenCommand.run(arguments, System.out, System.err));
      }
      Settings settings = Settings.load(Path.of(""), System.getenv());
      LogSettings.apply(settings);
      RepeatFilter.install(settings.duration("log.repeat.period"));
      LogLevels.install();
      if (List.of(arguments).contains("--check")) {
        requireCluster(settings);
        System.exit(SelfCheck.run(settings, System.out) ? 0 : 1);
      }
      Application application = prepare(settings);
      application.stopAtSigterm();
      application.run();
    } catch (WrongSettingException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IllegalStateException e) {
      LoggerFactory.getLogger(Application.class).error("The service has ended", e);
      // Threads of a broker that has given up may be left.
      System.exit(1);
    }
  }

  /** The report goes out alone: what making it logs is not part of it. */
  private static int support() throws Exception {
    try {
      Settings settings = Settings.load(Path.of(""), System.getenv());
      LogSettings.apply(settings.with("log.file", "").with("log.level", "ERROR"));
      requireCluster(settings);
      // Our own certificate is trusted and no other, whatever host it is made out to.
      System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
      SupportReport.write(settings, System.out);
      return 0;
    } catch (WrongSettingException e) {
      SupportReport.write(e, System.out);
      return 2;
    }
  }

  /**
   * Makes everything ready to run, and begins to start the broker when there is none to connect to.
   *
   * @throws WrongSettingException when another process holds the directory of the broker
   */
  public static Application prepare(Settings settings) throws IOException {
    requireAdapters(settings);
    requireCluster(settings);
    ConsoleWiring.require(settings);
    EmbeddedBroker broker = broker(settings);
    Playground playground = Furnishing.playground(settings);
    Application application =
        new Application(
            Furnishing.furnished(reachable(settings, broker), playground), broker, playground);
    application.configure();
    return application;
  }

  private static void requireAdapters(Settings settings) {
    for (String seam : List.of("store", "launcher")) {
      String adapter = settings.text(seam);
      if (!Files.isDirectory(Path.of("routes", seam + "s", adapter))) {
        throw new WrongSettingException(
            Settings.variable(seam)
                + "="
                + adapter
                + " ("
                + settings.text(seam + ".reason")
                + ") has no adapter here: set it to a folder of routes/"
                + seam
                + "s");
      }
    }
  }

  /** Without an address of the API server there has to be a context that has one. */
  static void requireCluster(Settings settings) {
    boolean launches = settings.text("launcher").equals("kubernetes");
    boolean elects = settings.text("leadership").equals("lease");
    if (!(launches || elects) || !settings.text("k8s.master").isEmpty()) {
      return;
    }
    try {
      Cluster.requireContext(settings.text("k8s.kubeconfig"));
    } catch (IllegalArgumentException e) {
      String setting = launches ? "LAUNCHER=kubernetes: " : "LEADERSHIP=lease: ";
      throw new WrongSettingException(setting + e.getMessage());
    }
  }

  /** The broker of the embedded default, not started yet; null when there is one to connect to. */
  static @Nullable EmbeddedBroker broker(Settings settings) throws IOException {
    if (!settings.text("kafka.bootstrap.servers").isEmpty()) {
      return null;
    }
    Path directory = Path.of(settings.text("data.dir"), "kafka");
    try {
      return EmbeddedBroker.open(directory, settings.number("embedded.kafka.port"));
    } catch (IllegalStateException e) {
      throw new WrongSettingException(String.valueOf(e.getMessage()));
    }
  }

  /** The settings with the address of the broker. */
  static Settings reachable(Settings settings, @Nullable EmbeddedBroker broker) {
    return broker == null
        ? settings
        : settings
            .with("kafka.bootstrap.servers", broker.bootstrapServers())
            // Nobody else can run on this directory: after a kill the place in the group is taken
            // back at once.
            .with("kafka.group.instance", "embedded");
  }

  private void configure() {
    // A hook of Camel's own would keep this service in memory as long as its process lasts.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.setDefaultPropertyPlaceholderLocation("file:application.properties");
    main.setOverrideProperties(settings.properties());
    Wiring wiring = new Wiring(settings);
    HttpEdge edge = wiring.edge();
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeStop(BaseMainSupport stopping) {
            // While requests are still answered, another process takes the lead.
            wiring.leave();
          }
        });
    main.addMainListener(edge);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            CamelContext camel = starting.getCamelContext();
            // The settings alone decide what the environment means.
            PropertiesComponent properties = camel.getPropertiesComponent();
            ((org.apache.camel.component.properties.PropertiesComponent) properties)
                .setEnvironmentVariableMode(
                    org.apache.camel.component.properties.PropertiesComponent
                        .ENVIRONMENT_VARIABLES_MODE_NEVER);
            // What fails in a route that others call is for those to handle; a handler of its own
            // would keep it from them. A route that handles failures names its handler.
            camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
            camel.getCamelContextExtension().setManagementMBeanAssembler(new MBeansByKind(camel));
            camel.getManagementStrategy().setManagementObjectStrategy(new ShownBeans());
            RouteFileLoader.bind(camel.getRegistry());
            wiring.bind(camel);
            // Asked before, a broker of our own would look as if somebody had to start it.
            wiring.makeTopics(
                broker == null ? CompletableFuture.completedFuture(null) : broker.start());
            // Routes are made before components are started; until this one is, it looks into the
            // class of a bean anew for each call in a route: thousands of times (Camel 4.17).
            ServiceHelper.startService(camel.getComponent("bean"));
          }

          @Override
          public void afterStart(BaseMainSupport running) {
            wiring.started(running.getCamelContext());
            tell();
            started.countDown();
          }

          @Override
          public void beforeStop(BaseMainSupport stopping) {
            wiring.left();
            wiring.handOver(stopping.getCamelContext());
          }

          @Override
          public void afterStop(BaseMainSupport stopped) {
            wiring.close();
            if (broker != null) {
              broker.close();
            }
            if (playground != null) {
              playground.close();
            }
          }
        });
  }

  private void tell() {
    Logger log = LoggerFactory.getLogger(Application.class);
    log.info("store: {} ({})", settings.text("store"), settings.text("store.reason"));
    log.info("launcher: {} ({})", settings.text("launcher"), settings.text("launcher.reason"));
    String kafka = settings.text("kafka.bootstrap.servers");
    log.info(
        "kafka: {} ({})",
        kafka,
        broker == null ? "KAFKA_BOOTSTRAP_SERVERS is set" : "inside this process");
    tellLeadership(log);
    log.info("bot: {}", bot());
    log.info("model: {}", model());
    log.info("data: {}", settings.text("data.dir"));
    log.info("access: {}", AccessWiring.words(settings));
    String scheme = settings.text("http.tls.certificate").isEmpty() ? "http" : "https";
    log.info("ready on {}://{}:{} (API: /docs)", scheme, settings.text("http.host"), port());
  }

  private void tellLeadership(Logger log) {
    String leadership = settings.text("leadership");
    log.info("leadership: {} ({})", leadership, settings.text("leadership.reason"));
    if (leadership.equals("file") && settings.text("store").equals("arangodb")) {
      log.warn(
          "leadership: a lock in {} is seen by processes of this host only; where several hosts"
              + " share the store, each has a leader of its own: it does no harm, and all of the"
              + " work twice",
          settings.text("data.dir"));
    }
  }

  private String bot() {
    if (playground != null) {
      return "in the playground; send it a thread: POST http://127.0.0.1:"
          + playground.port()
          + "/thread";
    }
    String url = settings.text("mattermost.url");
    return url.isEmpty() ? "off (MATTERMOST_URL is not set)" : "in " + url;
  }

  private String model() {
    String model = settings.text("llm.model");
    return switch (settings.text("llm")) {
      case "none" -> "none (LLM_BASE_URL is not set): summaries only count and quote";
      default -> model + " at " + settings.text("llm.base.url") + " (" + settings.text("llm") + ")";
    };
  }

  /**
   * Runs until it is told to stop.
   *
   * @throws IllegalStateException when it ended for another reason, such as its broker's death
   */
  public void run() throws Exception {
    int code;
    try {
      if (broker != null) {
        var unusedStart = broker.start();
        var unusedDeath = broker.death().thenAccept(this::endWithoutBroker);
      }
      code = main.run(new String[0]);
    } finally {
      ended.countDown();
    }
    String death = brokerDeath;
    if (death != null) {
      throw new IllegalStateException(death);
    }
    if (code != 0) {
      throw new IllegalStateException("the service ended with code " + code);
    }
  }

  /** Nothing is lost by it: whoever starts the process again finds everything due. */
  private void endWithoutBroker(String death) {
    brokerDeath = death;
    LoggerFactory.getLogger(Application.class).error("Stopping: {}", death);
    main.completed();
  }

  /** Waits until all routes are started; tells whether they are within that time. */
  public boolean awaitStart(long time, TimeUnit unit) throws InterruptedException {
    return started.await(time, unit);
  }

  /**
   * The JVM lives until {@link #run} is through. Camel's own hook would let it go when the context
   * is closed, before the broker is, or while HTTP_DRAIN lasts.
   */
  private void stopAtSigterm() {
    Duration patience =
        settings
            .duration("http.drain")
            .plusSeconds(settings.number("camel.main.shutdownTimeout"))
            .plus(END_PATIENCE);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(patience), "stop-at-sigterm"));
  }

  private void end(Duration patience) {
    Logger log = LoggerFactory.getLogger(Application.class);
    if (ended.getCount() > 0) {
      log.info("Stopping: the process was told to end");
    }
    main.completed();
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The service did not end within {} s and is cut off", patience.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to stop; {@link #run} returns when that is done. */
  public void stop() {
    main.completed();
  }

  /** The port that HTTP is served on. */
  public int port() {
    VertxPlatformHttpRouter router =
        main.getCamelContext().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    return router.getServer().getServer().actualPort();
  }

  /** The Camel context, once it runs. */
  public CamelContext camel() {
    return main.getCamelContext();
  }

  /** The settings as they came to be. */
  public Settings settings() {
    return settings;
  }
}
