package io.streamforge.stores;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.streamforge.Settings;
import io.streamforge.TestProcess;
import io.streamforge.queues.OpenQueue;
import io.streamforge.queues.QueueChange;
import io.streamforge.queues.QueueFilter;
import io.streamforge.queues.StoredQueue;
import io.streamforge.summaries.LoadQuery;
import io.streamforge.summaries.ReadPosition;
import io.streamforge.summaries.StoredSummary;
import io.streamforge.summaries.SummaryChange;
import io.streamforge.summaries.SummaryFilter;
import io.streamforge.summaries.SummaryLoad;
import io.streamforge.workers.JobChange;
import io.streamforge.workers.JobClaim;
import io.streamforge.workers.StoredJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The routes of one folder of the store seam, started alone, and its endpoints as methods. */
final class Store implements AutoCloseable {
  private final Main main = TestProcess.camel();
  private final ProducerTemplate template;

  /**
   * @param adapter the folder under routes/stores
   * @param settings what differs from application.properties
   */
  Store(String adapter, Map<String, String> settings) {
    main.setPropertyPlaceholderLocations("");
    settings(settings).forEach(main::addInitialProperty);
    main.configure().setRoutesIncludePattern("file:routes/stores/" + adapter + "/*.camel.yaml");
    main.configure().setShutdownTimeout(5);
    try {
      main.start();
      template = main.getCamelTemplate();
    } catch (Exception e) {
      main.shutdown();
      throw new IllegalStateException("the " + adapter + " store did not start", e);
    }
  }

  /** All settings but those of Camel: no port is to be opened. */
  private static Map<String, String> settings(Map<String, String> differing) {
    Map<String, String> environment = new HashMap<>();
    differing.forEach((name, value) -> environment.put(Settings.variable(name), value));
    Properties all = Settings.load(Path.of(""), environment).properties();
    return all.stringPropertyNames().stream()
        .filter(name -> !name.startsWith("camel."))
        .collect(toMap(name -> name, all::getProperty));
  }

  /** Runs a statement on the database of the h2 adapter. */
  void execute(String sql) {
    new JdbcTemplate(main.getCamelContext().getRegistry().findSingleByType(DataSource.class))
        .execute(sql);
  }

  @Nullable StoredQueue saveQueue(StoredQueue queue) {
    return (StoredQueue) ask("save-queue", queue);
  }

  @Nullable String loadQueue(String id) {
    return (String) ask("load-queue", id);
  }

  @Nullable StoredQueue loadClaim(@Nullable String key) {
    return (StoredQueue) ask("load-claim", key);
  }

  List<StoredQueue> loadQueues(List<String> shortIds) {
    return list("load-queues", shortIds);
  }

  List<String> updateQueues(List<QueueChange> changes) {
    return list("update-queues", changes);
  }

  List<String> pageQueues(QueueFilter filter) {
    return list("page-queues", filter);
  }

  List<OpenQueue> listOpenQueues(@Nullable Instant changedSince) {
    return list("list-open-queues", changedSince);
  }

  @SuppressWarnings("unchecked")
  Map<String, Long> countQueues() {
    return (Map<String, Long>) requireNonNull(ask("count-queues", null));
  }

  long countLiveJobs() {
    return (Long) requireNonNull(ask("count-live-jobs", null));
  }

  void saveJobs(List<StoredJob> jobs) {
    Object answer = ask("save-jobs", jobs);
    if (answer != null) {
      throw new AssertionError("save-jobs answers nothing, not " + answer);
    }
  }

  List<StoredJob> loadJobs(List<String> queueIds) {
    return list("load-jobs", queueIds);
  }

  List<StoredJob> claimJobs(JobClaim claim) {
    return list("claim-jobs", claim);
  }

  List<String> updateJobs(List<JobChange> changes) {
    return list("update-jobs", changes);
  }

  @Nullable StoredSummary saveSummary(StoredSummary summary) {
    return (StoredSummary) ask("save-summary", summary);
  }

  @Nullable StoredSummary loadSummary(String id) {
    return (StoredSummary) ask("load-summary", id);
  }

  boolean updateSummary(SummaryChange change) {
    return (Boolean) requireNonNull(ask("update-summary", change));
  }

  List<StoredSummary> listThreadSummaries(String thread) {
    return list("list-thread-summaries", thread);
  }

  List<StoredSummary> listDueSummaries(Instant now) {
    return list("list-due-summaries", now);
  }

  SummaryLoad measureLoad(LoadQuery query) {
    return (SummaryLoad) requireNonNull(ask("measure-load", query));
  }

  List<StoredSummary> pageSummaries(SummaryFilter filter) {
    return list("page-summaries", filter);
  }

  long purgeSummaries(Instant now) {
    return (Long) requireNonNull(ask("purge-summaries", now));
  }

  @Nullable Long loadPosition(String name) {
    return (Long) ask("load-position", name);
  }

  void savePosition(ReadPosition position) {
    Object answer = ask("save-position", position);
    if (answer != null) {
      throw new AssertionError("save-position answers nothing, not " + answer);
    }
  }

  void check() {
    ask("check-store", null);
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> list(String endpoint, @Nullable Object body) {
    return (List<T>) requireNonNull(ask(endpoint, body));
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

  CamelContext camel() {
    return main.getCamelContext();
  }

  @Override
  public void close() {
    main.shutdown();
  }
}
