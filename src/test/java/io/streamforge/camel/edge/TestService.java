package io.streamforge.camel.edge;

import io.streamforge.TestProcess;
import io.streamforge.camel.access.Access;
import io.streamforge.camel.access.AccessSettings;
import io.streamforge.camel.access.TestAccess;
import io.streamforge.camel.contract.Contract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;

/** The contract of the queues on a free port, with routes that a test brings. */
public final class TestService implements AutoCloseable {
  private static final Path QUEUE_API = Path.of("routes/queues/queue-api.openapi.yaml");
  private static final long TIMEOUT_SECONDS = 30;

  private final Main main = TestProcess.camel();
  private final Thread thread = new Thread(this::run, "service under test");
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  private TestService(
      int port,
      EdgeSettings settings,
      AccessSettings access,
      Contract contract,
      RoutesBuilder routes) {
    main.setDefaultPropertyPlaceholderLocation("file:application.properties");
    main.addOverrideProperty(
        "camel.main.routesIncludePattern",
        "file:routes/errors.camel.yaml,file:routes/queues/queue-api.camel.yaml");
    main.addOverrideProperty("jmx.beans.level", "RoutesOnly");
    main.addOverrideProperty("http.host", settings.host());
    main.addOverrideProperty("http.port", Integer.toString(port));
    main.configure().addRoutesBuilder(routes);
    main.addMainListener(new HttpEdge(settings, contract, new Access(access)));
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void afterStart(BaseMainSupport ready) {
            started.countDown();
          }
        });
  }

  public static TestService start(RoutesBuilder routes, Map<String, Object> beans) {
    return start(settings(), routes, beans);
  }

  static EdgeSettings settings() {
    return new EdgeSettings("127.0.0.1", 8, 200, Duration.ZERO, Set.of());
  }

  /** With an HTTP port that speaks TLS. */
  static TestService start(ServerTls tls) {
    var settings =
        new EdgeSettings(
            "127.0.0.1", 8, 200, Duration.ZERO, Set.of(), List.of(), ConnectionLimits.WIDE, tls);
    return start(settings, new TestRoutes(), Map.of());
  }

  static TestService start(EdgeSettings settings, RoutesBuilder routes, Map<String, Object> beans) {
    return start(0, settings, routes, beans);
  }

  static TestService start(
      int port, EdgeSettings settings, RoutesBuilder routes, Map<String, Object> beans) {
    return start(port, settings, TestAccess.local(), routes, beans);
  }

  static TestService start(
      int port,
      EdgeSettings settings,
      AccessSettings access,
      RoutesBuilder routes,
      Map<String, Object> beans) {
    var contract = new Contract(List.of(QUEUE_API));
    var service = new TestService(port, settings, access, contract, routes);
    beans.forEach(service.main::bind);
    service.thread.start();
    service.awaitStart();
    return service;
  }

  /** With callers that are told apart. */
  public static TestService start(AccessSettings access, RoutesBuilder routes) {
    return start(0, settings(), access, routes, Map.of());
  }

  private void run() {
    try {
      main.run();
    } catch (Throwable e) {
      failure = e;
    } finally {
      started.countDown();
    }
  }

  private void awaitStart() {
    try {
      if (!started.await(TIMEOUT_SECONDS, TimeUnit.SECONDS) || failure != null) {
        throw new IllegalStateException("the service did not start", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int port() {
    return camel()
        .getRegistry()
        .findSingleByType(VertxPlatformHttpRouter.class)
        .getServer()
        .getServer()
        .actualPort();
  }

  public CamelContext camel() {
    return main.getCamelContext();
  }

  public RawHttp request(String method, String path) {
    return RawHttp.request(port(), method, path);
  }

  public RawHttp.Reply get(String path) {
    return request("GET", path).send();
  }

  public RawHttp.Reply post(String path, String json) {
    return request("POST", path).body("application/json", json).send();
  }

  /** Begins to stop, as after a signal; {@link #close} awaits the end. */
  void beginStop() {
    main.completed();
  }

  @Override
  public void close() {
    beginStop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
