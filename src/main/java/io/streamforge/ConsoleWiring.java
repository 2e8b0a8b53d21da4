package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.access.AccessSettings.Mode;
import io.streamforge.camel.access.Caller;
import io.streamforge.camel.access.Scope;
import io.streamforge.camel.console.Console;
import io.streamforge.camel.console.Console.Visitor;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Puts the console behind the control of access, where an operator wants one. */
final class ConsoleWiring {
  private ConsoleWiring() {}

  /** What its pages need; that its visitors may change things is asked for with each request. */
  static Map<String, Scope> rules(Settings settings) {
    return isOn(settings)
        ? Map.of(Console.PATH, Scope.READ, Console.PATH + "/*", Scope.READ)
        : Map.of();
  }

  /**
   * Makes sure that nobody gets at it without credentials.
   *
   * @throws WrongSettingException when everybody would
   */
  static void require(Settings settings) {
    if (isOn(settings) && !settings.text("access.mode").equals(Mode.CONTROLLED.name())) {
      throw new WrongSettingException(
          "Setting CONSOLE=true is wrong: the console is never served without credentials; set"
              + " API_TOKENS, API_TOKENS_FILE or OIDC_ISSUER too");
    }
  }

  /** Begins to serve it, if it is on. */
  static Optional<Console> serve(Settings settings, CamelContext camel) {
    if (!isOn(settings)) {
      return Optional.empty();
    }
    VertxPlatformHttpRouter router =
        camel.getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    Console console = new Console(router.vertx(), ConsoleWiring::visitor);
    console.serve(router);
    return Optional.of(console);
  }

  private static boolean isOn(Settings settings) {
    return settings.text("console").equals("true");
  }

  private static Visitor visitor(RoutingContext context) {
    Caller caller =
        Caller.of(context)
            .orElseThrow(() -> new IllegalStateException("the console was let through unasked"));
    return new Visitor(caller.name(), caller.may(Scope.ADMIN));
  }
}
