package io.streamforge.camel.edge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamforge.camel.access.Access;
import io.streamforge.camel.contract.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.impl.TCPServerBase;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the HTTP port around the routes: guards before them, pages beside them, the envelope
 * where nothing is, and an orderly end. As a listener of Camel's main it makes the Vert.x that all
 * share, bound as {@code vertx}, binds the contract as {@code contract}, and needs {@code
 * camel.server.enabled} and {@code camel.metrics.enabled}.
 */
public final class HttpEdge extends MainListenerSupport {
  private static final int FIRST = -1000;
  private static final long CLOSE_SECONDS = 10;

  private final EdgeSettings settings;
  private final Contract contract;
  private final Access access;
  private final CountDownLatch drained = new CountDownLatch(1);
  private @Nullable GuardedVertx vertx;
  private @Nullable Admission admission;

  public HttpEdge(EdgeSettings settings, Contract contract, Access access) {
    this.settings = requireNonNull(settings, "settings is null");
    this.contract = requireNonNull(contract, "contract is null");
    this.access = requireNonNull(access, "access is null");
  }

  @Override
  public void beforeConfigure(BaseMainSupport main) {
    vertx =
        new GuardedVertx(
            Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.workerThreads())),
            settings.limits(),
            settings.tls(),
            access.proxies());
    var camel = main.getCamelContext();
    camel.getRegistry().bind("vertx", vertx);
    contract.bind(camel);
  }

  /**
   * As a service, started after the server, which is one that was added before, and before routes.
   */
  @Override
  public void afterConfigure(BaseMainSupport main) {
    var camel = main.getCamelContext();
    var installation =
        new ServiceSupport() {
          @Override
          protected void doStart() {
            install(camel);
          }
        };
    try {
      camel.addService(installation, false, true);
    } catch (Exception e) {
      throw new IllegalStateException("Camel does not take the guards of the HTTP port", e);
    }
  }

  private void install(CamelContext camel) {
    var registry = camel.getRegistry();
    var router =
        requireNonNull(
            registry.findSingleByType(VertxPlatformHttpRouter.class),
            "no HTTP server: set camel.server.enabled = true");
    requireListening(router.getServer());
    var meters =
        requireNonNull(
            registry.findSingleByType(PrometheusMeterRegistry.class),
            "no meter registry: set camel.metrics.enabled = true");
    var requestMeters = new RequestMeters(meters, settings.meteredPaths());
    var pages = new Pages(router, router.vertx());
    var guard =
        new Admission(
            settings.maxInFlight(), path -> isUnlimited(path) || pages.has(path), requestMeters);
    admission = guard;
    var failures =
        new Failures(
            Objects.requireNonNullElse(router.getServer().getMaxBodySize(), -1L), requestMeters);
    router
        .route()
        .order(FIRST)
        .handler(new Tracing())
        .handler(guard)
        .handler(new SecurityHeaders(access.proxies()))
        .handler(new HostGuard(settings, access.isControlled(), requestMeters))
        .handler(new OriginGuard(settings.allowedOrigins(), access.proxies(), requestMeters))
        .failureHandler(failures::answer);
    pages.serve(contract, meters);
    access.install(router, contract, pages::has, contract::hasOwnWorkers, meters);
    bindGauge(meters);
    router.route().last().handler(failures::notFound);
    answerUnreadable(router, failures);
  }

  private void bindGauge(PrometheusMeterRegistry meters) {
    Gauge.builder("http.connections", () -> vertx == null ? 0 : vertx.connections())
        .description("Connections that clients hold now")
        .register(meters);
  }

  /** Camel only warns where the server cannot listen, and goes on without it. */
  private static void requireListening(VertxPlatformHttpServer server) {
    if (server.getServer() instanceof TCPServerBase tcp && !tcp.isListening()) {
      throw new IllegalStateException(
          "Cannot listen on "
              + server.getHost()
              + ":"
              + server.getConfigurationPort()
              + ": the port is taken, or the address is not one of this machine");
    }
  }

  /** What tells how the service is must be told also when it is overloaded; pages cost nothing. */
  private boolean isUnlimited(String path) {
    return contract.hasOwnWorkers(path) || path.equals("/metrics");
  }

  /** Camel's own router hangs below another one, which is where an unreadable path ends. */
  private static void answerUnreadable(VertxPlatformHttpRouter router, Failures failures) {
    router.errorHandler(400, failures::unreadable);
    if (router.getServer().getServer().requestHandler() instanceof Router outer) {
      outer.errorHandler(400, failures::unreadable);
    }
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    if (admission != null) {
      admission.enter(Admission.Phase.SERVING);
    }
  }

  /** First not ready but serving, then nothing new; Camel then waits for what is under way. */
  @Override
  public void beforeStop(BaseMainSupport main) {
    if (admission == null) {
      return;
    }
    admission.enter(Admission.Phase.DRAINING);
    try {
      drained.await(settings.drain().toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admission.enter(Admission.Phase.CLOSING);
  }

  @Override
  public void afterStop(BaseMainSupport main) {
    if (vertx == null) {
      return;
    }
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("Vert.x did not close within " + CLOSE_SECONDS + " s", e);
    }
  }
}
