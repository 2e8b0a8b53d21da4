package io.streamforge.camel.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamforge.camel.contract.Answers;
import io.streamforge.camel.contract.Contract;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.function.Suppliers;
import org.jspecify.annotations.Nullable;

/** What is served beside the contract: the site, the documentation, the contract, the metrics. */
final class Pages {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Behind all routes, which are asked for more often, before the handler of what is not found. */
  private static final int ORDER = Integer.MAX_VALUE - 1;

  private final Router router;
  private final Set<String> paths =
      new HashSet<>(Set.of("/openapi.json", "/openapi.yaml", "/docs"));

  /** One of its own: metrics are wanted most when all workers are busy. */
  private final WorkerExecutor scraper;

  Pages(Router router, Vertx vertx) {
    this.router = router;
    scraper = vertx.createSharedWorkerExecutor("metrics", 1);
  }

  void serve(Contract contract, PrometheusMeterRegistry meters) {
    get("/openapi.json", Page.of(contract.json(), "application/json")::send);
    // Few ask for it, and writing it takes as long as a hundredth of a start.
    var yaml = Suppliers.memorize(() -> Page.of(contract.yaml(), "application/yaml"));
    get("/openapi.yaml", context -> yaml.get().send(context));
    get("/metrics", context -> metrics(context, meters));
    var docs = ClasspathPages.docs();
    paths.addAll(docs.keySet());
    get("/docs", context -> docs(context, docs.get(context.normalizedPath())));
    router.route("/docs/*").order(ORDER).handler(context -> offer(context, docs, "/docs"));
    var site = ClasspathPages.site();
    paths.addAll(site.keySet());
    router.route().order(ORDER).handler(context -> offer(context, site, "/"));
  }

  /** Whether there is a page at a path: something that is the same for everybody. */
  boolean has(String path) {
    return paths.contains(path);
  }

  private void get(String path, Handler<RoutingContext> handler) {
    router.route(path).order(ORDER).handler(context -> get(context, path, handler));
  }

  private static void get(
      RoutingContext context, String endpoint, Handler<RoutingContext> handler) {
    context.put(Answers.ENDPOINT, endpoint);
    switch (context.request().method().name()) {
      case "GET", "HEAD" -> handler.handle(context);
      default -> Answers.allow(context, "GET, HEAD, OPTIONS");
    }
  }

  private static void offer(RoutingContext context, Map<String, Page> pages, String endpoint) {
    var page = pages.get(context.normalizedPath());
    if (page == null) {
      context.next();
      return;
    }
    get(context, endpoint, page::send);
  }

  /** The pages of the documentation name each other relative to {@code /docs/}. */
  private static void docs(RoutingContext context, @Nullable Page page) {
    if (page == null) {
      context.redirect("/docs/");
      return;
    }
    page.send(context);
  }

  private void metrics(RoutingContext context, PrometheusMeterRegistry meters) {
    scraper
        .<String>executeBlocking(() -> meters.scrape(METRICS_TYPE), false)
        .onSuccess(
            text -> context.response().putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE).end(text))
        .onFailure(context::fail);
  }
}
