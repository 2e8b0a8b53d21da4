package io.streamforge.camel.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.streamforge.camel.contract.Contract;
import io.streamforge.camel.contract.Requirement;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which scope a request needs. The first rule for its path counts; whether it is for a path is what
 * a route of the router says, so that paths mean to a rule what they mean to whatever answers them.
 */
public final class AccessRules {
  /** Before the gate, which is before all that answers. */
  private static final int ORDER = -990;

  private static final String KEY = "needed_scope";

  private AccessRules() {}

  /**
   * Says what requests for a path need, whatever their method.
   *
   * @param path as Vert.x takes it: {@code /console/*} is the path and all below it
   */
  public static void need(Router router, String path, Scope scope) {
    router.route(path).order(ORDER).handler(context -> need(context, scope));
  }

  /** Says so of those paths that fulfil a condition. */
  static void need(Router router, Predicate<String> paths, Scope scope) {
    router
        .route()
        .order(ORDER)
        .handler(
            context -> {
              if (paths.test(context.normalizedPath())) {
                need(context, scope);
              } else {
                context.next();
              }
            });
  }

  /**
   * Says so of all operations of a contract.
   *
   * @throws IllegalArgumentException if one does not say what it needs, or names no scope of ours
   */
  static void need(Router router, Contract contract) {
    Map<String, Map<String, Scope>> scopes =
        contract.requirements().stream()
            .collect(groupingBy(Requirement::path, toMap(Requirement::verb, AccessRules::scope)));
    contract.findPaths(router);
    router
        .route()
        .order(ORDER)
        .handler(
            context ->
                Contract.path(context)
                    .map(scopes::get)
                    .ifPresentOrElse(verbs -> need(context, verbs), context::next));
  }

  private static void need(RoutingContext context, Map<String, Scope> verbs) {
    String verb = context.request().method().name();
    // A method that is not there is told to whoever may look.
    need(context, verbs.getOrDefault(verb.equals("HEAD") ? "GET" : verb, Scope.READ));
  }

  private static Scope scope(Requirement operation) {
    try {
      return operation.role().map(Scope::of).orElse(Scope.ANYONE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the security of " + operation.operationId() + " is wrong: " + e.getMessage(), e);
    }
  }

  private static void need(RoutingContext context, Scope scope) {
    if (context.get(KEY) == null) {
      context.put(KEY, scope);
    }
    context.next();
  }

  /** What a request needs; empty if no rule says so. */
  static Optional<Scope> needed(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }
}
