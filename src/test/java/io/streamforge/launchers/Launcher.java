package io.streamforge.launchers;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.streamforge.TestProcess;
import io.streamforge.camel.leadership.Everyone;
import io.streamforge.camel.leadership.HandsOver;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobReport;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** The routes of one folder of the launcher seam and of a store, and its endpoints as methods. */
final class Launcher implements AutoCloseable {
  private final Main main = TestProcess.camel();
  private final Leadership leadership = new Leadership(new Everyone(), "this", Clock.systemUTC());
  private final ProducerTemplate template;

  /**
   * @param adapter the folder under routes/launchers
   * @param settings what differs from application.properties
   * @param beans what the application puts into the registry
   */
  Launcher(String adapter, Map<String, String> settings, Map<String, Object> beans) {
    main.setPropertyPlaceholderLocations("");
    defaults().forEach(main::addInitialProperty);
    main.configure()
        .setRoutesIncludePattern(
            "file:routes/stores/h2/*.camel.yaml,file:routes/launchers/%s/*.camel.yaml"
                .formatted(adapter));
    main.configure().setShutdownTimeout(5);
    settings.forEach(main::addOverrideProperty);
    main.bind("leadership", leadership);
    main.bind("leaderOnly", new RoutePolicySupport() {});
    beans.forEach(main::bind);
    try {
      leadership.start();
      main.start();
      template = main.getCamelTemplate();
    } catch (Exception e) {
      main.shutdown();
      throw new IllegalStateException("the " + adapter + " launcher did not start", e);
    }
  }

  /** The settings of application.properties, without those of Camel: no port is to be opened. */
  private static Map<String, String> defaults() {
    Properties file = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("application.properties"))) {
      file.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.stringPropertyNames().stream()
        .filter(name -> !name.startsWith("camel."))
        .collect(toMap(name -> name, file::getProperty));
  }

  List<LaunchOutcome> launch(List<JobSpec> jobs) {
    return list("launch-jobs", jobs);
  }

  List<JobReport> inspect(List<JobRef> jobs) {
    return list("inspect-jobs", jobs);
  }

  JobReport inspect(JobRef job) {
    return inspect(List.of(job)).get(0);
  }

  void delete(List<JobRef> jobs) {
    Object answer = ask("delete-jobs", jobs);
    if (answer != null) {
      throw new AssertionError("delete-jobs answers nothing, not " + answer);
    }
  }

  void check() {
    Object answer = ask("check-launcher", null);
    if (answer != null) {
      throw new AssertionError("check-launcher answers nothing, not " + answer);
    }
  }

  /** Ends the work of this process at once, with its leases left behind, as a kill does. */
  void freeze() throws Exception {
    main.getCamelContext().getRouteController().stopRoute("run-workers");
  }

  /** Leads no more, as one of several processes. */
  void follow() {
    leadership.close();
  }

  /** Lets others go on with the work of this process, as when it is stopped. */
  void handOver() throws InterruptedException {
    for (HandsOver worker : main.getCamelContext().getRegistry().findByType(HandsOver.class)) {
      worker.handOver();
    }
  }

  /** Puts the store out of reach. */
  void closeStore() throws Exception {
    AutoCloseable store =
        main.getCamelContext().getRegistry().lookupByNameAndType("store", AutoCloseable.class);
    store.close();
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> list(String endpoint, @Nullable Object body) {
    return (List<T>) requireNonNull(ask(endpoint, body), endpoint);
  }

  private @Nullable Object ask(String endpoint, @Nullable Object body) {
    var exchange = template.request("direct:" + endpoint, sent -> sent.getMessage().setBody(body));
    if (exchange.getException() != null) {
      throw new CamelExecutionException(endpoint, exchange, exchange.getException());
    }
    var headers = exchange.getMessage().getHeaders();
    if (!headers.isEmpty()) {
      throw new AssertionError(endpoint + " leaves headers behind: " + headers);
    }
    return exchange.getMessage().getBody();
  }

  @Override
  public void close() {
    leadership.close();
    main.shutdown();
  }
}
