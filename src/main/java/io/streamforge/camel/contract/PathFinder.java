package io.streamforge.camel.contract;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds which path of a contract a request is for, once for all who have to know it. Each path is a
 * route of the router, so that it means to them what it means to whatever answers.
 */
final class PathFinder {
  /** Behind the guards of the edge, before all who ask. */
  private static final int ORDER = -995;

  private static final String KEY = "contract_path";

  /** Vert.x takes the first that matches: /things/start goes before /things/{thing_id}. */
  static final Comparator<String> EXACT_FIRST =
      comparingLong(PathFinder::templates).thenComparing(naturalOrder());

  private final Collection<String> paths;
  private @Nullable Router router;

  PathFinder(Collection<String> paths) {
    this.paths = paths;
  }

  /** Does so from now on for the requests of a router; repeating it is fine. */
  synchronized void serve(Router served) {
    if (served.equals(router)) {
      return;
    }
    router = served;
    paths.stream().sorted(EXACT_FIRST).forEach(path -> serve(served, path));
  }

  private static void serve(Router router, String path) {
    router
        .route(path.replaceAll("\\{([^/}]+)}", ":$1"))
        .order(ORDER)
        .handler(
            context -> {
              if (context.get(KEY) == null) {
                context.put(KEY, path);
              }
              context.next();
            });
  }

  /** The path template; empty for a request that is for none. */
  static Optional<String> path(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }

  private static long templates(String path) {
    return path.chars().filter(character -> character == '{').count();
  }
}
