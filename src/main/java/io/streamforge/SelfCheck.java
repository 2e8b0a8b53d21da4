package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.kafka.EmbeddedBroker;
import io.streamforge.camel.yaml.RouteFileLoader;
import java.io.PrintStream;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.jspecify.annotations.Nullable;

/** Tells an operator what is set, and whether each dependency is there, without serving anybody. */
final class SelfCheck {
  private static final long BROKER_START_SECONDS = 60;

  private SelfCheck() {}

  /** Prints settings and findings; tells whether all is well. */
  static boolean run(Settings settings, PrintStream out) throws Exception {
    settings.shown().forEach((setting, value) -> out.println(setting + "=" + value));
    for (String seam : new String[] {"store", "launcher", "leadership"}) {
      out.println(seam + ": " + settings.text(seam) + " (" + settings.text(seam + ".reason") + ")");
    }
    out.println("access: " + AccessWiring.words(settings));
    return findings(settings, out);
  }

  /** Prints the findings only. */
  static boolean findings(Settings settings, PrintStream out) throws Exception {
    EmbeddedBroker broker;
    try {
      broker = Application.broker(settings);
    } catch (WrongSettingException e) {
      out.println("kafka: FAILED: " + e.getMessage());
      return false;
    }
    try (broker) {
      return checkDependencies(Application.reachable(settings, broker), broker, out);
    }
  }

  /** Of a cluster only what is needed to ask for it; the local workers need no asking. */
  private static String launcherRoutes(Settings settings) {
    String folder = ",file:routes/launchers/" + settings.text("launcher");
    return settings.text("launcher").equals("local")
        ? ""
        : folder + "/beans.camel.yaml" + folder + "/check-launcher.camel.yaml";
  }

  private static String botRoutes(Settings settings) {
    String mattermost =
        ",file:routes/summaries/call-mattermost.camel.yaml,file:routes/summaries/check-mattermost.camel.yaml";
    String model = ",file:routes/llms/" + settings.text("llm") + "/*.camel.yaml";
    return (Wiring.hasMattermost(settings) ? mattermost : "")
        + (Wiring.hasModel(settings) ? model : "");
  }

  private static boolean checkDependencies(
      Settings settings, @Nullable EmbeddedBroker broker, PrintStream out) throws Exception {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("file:application.properties");
    Properties properties = settings.properties();
    properties.put("camel.server.enabled", "false");
    properties.put(
        "camel.main.routesIncludePattern",
        "file:routes/stores/"
            + settings.text("store")
            + "/*.camel.yaml"
            + launcherRoutes(settings)
            + botRoutes(settings));
    main.setOverrideProperties(properties);
    Wiring wiring = new Wiring(settings);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            RouteFileLoader.bind(starting.getCamelContext().getRegistry());
            wiring.bindLeadership(starting.getCamelContext());
            wiring.bindPeers(starting.getCamelContext());
            // What fails is printed as a finding, and not logged besides.
            starting
                .getCamelContext()
                .getCamelContextExtension()
                .setErrorHandlerFactory(new NoErrorHandlerDefinition());
          }
        });
    try (wiring) {
      if (broker != null) {
        broker.start().get(BROKER_START_SECONDS, TimeUnit.SECONDS);
      }
      main.start();
      CamelContext camel = main.getCamelContext();
      try (Dependencies dependencies = wiring.outer(camel)) {
        Map<String, Dependency.State> seen = dependencies.look();
        seen.forEach((name, state) -> out.println(name + ": " + finding(state)));
        return seen.values().stream().allMatch(Dependency.State::up);
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      out.println("FAILED: " + e.getMessage());
      return false;
    } finally {
      main.stop();
    }
  }

  private static String finding(Dependency.State state) {
    return state.up() ? "ok" : "FAILED: " + state.trouble().orElseThrow().message();
  }
}
