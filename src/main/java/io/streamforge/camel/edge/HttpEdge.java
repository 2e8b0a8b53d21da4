package io.streamforge.camel.edge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamforge.camel.contract.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
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
  private final CountDownLatch drained = new CountDownLatch(1);
  private @Nullable Vertx vertx;
  private @Nullable Admission admission;

  public HttpEdge(EdgeSettings settings, Contract contract) {
    this.settings = requireNonNull(settings, "settings is null");
    this.contract = requireNonNull(contract, "contract is null");
  }

  @Override
  public void beforeConfigure(BaseMainSupport main) {
    vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.workerThreads()));
    var registry = main.getCamelContext().getRegistry();
    registry.bind("vertx", vertx);
    registry.bind("contract", contract);
  }

  /** The server listens already, the routes are not started yet. */
  @Override
  public void afterConfigure(BaseMainSupport main) {
    var registry = main.getCamelContext().getRegistry();
    var router =
        requireNonNull(
            registry.findSingleByType(VertxPlatformHttpRouter.class),
            "no HTTP server: set camel.server.enabled = true");
    var meters =
        requireNonNull(
            registry.findSingleByType(PrometheusMeterRegistry.class),
            "no meter registry: set camel.metrics.enabled = true");
    var requestMeters = new RequestMeters(meters);
    var guard = new Admission(settings.maxInFlight(), contract::hasOwnWorkers, requestMeters);
    admission = guard;
    var failures =
        new Failures(Objects.requireNonNullElse(router.getServer().getMaxBodySize(), -1L));
    router
        .route()
        .order(FIRST)
        .handler(guard)
        .handler(new SecurityHeaders())
        .handler(new HostGuard(settings.host()))
        .handler(new OriginGuard(settings.allowedOrigins()))
        .failureHandler(failures::answer);
    new Pages(router).serve(contract, meters);
    router.route().last().handler(failures::notFound);
    answerUnreadable(router, failures);
  }

  /** Camel's own router hangs below another one, which is where an unreadable path ends. */
  private static void answerUnreadable(VertxPlatformHttpRouter router, Failures failures) {
    router.errorHandler(400, failures::unreadable);
    if (router.getServer().getServer().requestHandler() instanceof Router outer) {
      outer.errorHandler(400, failures::unreadable);
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
