package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing, in the background: it waits for the broker as long as it
 * takes, and nobody waits for it. Topics that exist stay as they are.
 */
public final class TopicMaker implements AutoCloseable {

  /**
   * A topic that has to be there.
   *
   * @param config the topic's settings by Kafka's names, such as {@code retention.ms}
   */
  public record Topic(String name, int partitions, Map<String, String> config) {
    public Topic {
      requireNonNull(name, "name is null");
      config = Map.copyOf(config);
      if (partitions < 1) {
        throw new IllegalArgumentException(
            "topic " + name + " needs at least 1 partition: " + partitions);
      }
    }
  }

  /**
   * How long things are waited for.
   *
   * @param timeout how long the broker has for an answer
   * @param pause the wait after the first attempt that failed, twice as long each time
   * @param longestPause up to this
   */
  public record Patience(Duration timeout, Duration pause, Duration longestPause) {}

  private static final Logger LOG = LoggerFactory.getLogger(TopicMaker.class);

  private final KafkaConnection connection;
  private final List<Topic> topics;
  private final Patience patience;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "topic-maker");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean ready;
  private volatile Optional<String> error = Optional.empty();

  /** Creates the topics over this connection. */
  public TopicMaker(KafkaConnection connection, Collection<Topic> topics, Patience patience) {
    this.connection = requireNonNull(connection, "connection is null");
    this.topics = List.copyOf(topics);
    this.patience = requireNonNull(patience, "patience is null");
  }

  /**
   * Begins; returns at once.
   *
   * @param served until this is complete the broker is not asked: it is known not to serve yet
   */
  public void start(CompletionStage<?> served) {
    var unused = served.thenRun(() -> worker.execute(() -> attempt(patience.pause().toMillis())));
  }

  /** Whether all topics have been seen to be there. */
  public boolean ready() {
    return ready;
  }

  /**
   * What the last attempt failed with, and what to do; empty when it did not, or there was none
   * yet.
   */
  public Optional<String> error() {
    return error;
  }

  private void attempt(long pauseMs) {
    try (Admin admin =
        Admin.create(AdminClients.withTimeout(connection.clientProperties(), patience.timeout()))) {
      createMissing(admin);
      error = Optional.empty();
      ready = true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      String reason = connection.explain(failure);
      LOG.warn("The topics cannot be created yet: {}", reason);
      error = Optional.of(reason);
      if (!worker.isShutdown()) {
        long next = Math.min(2 * pauseMs, patience.longestPause().toMillis());
        Future<?> unused = worker.schedule(() -> attempt(next), pauseMs, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void createMissing(Admin admin) throws InterruptedException, ExecutionException {
    // Who may not create topics may still use those that others created.
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !present.contains(topic.name()))
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.config()))
            .toList();
    for (KafkaFuture<Void> creation : admin.createTopics(missing).values().values()) {
      try {
        creation.get();
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof TopicExistsException)) {
          throw failure;
        }
      }
    }
    if (!missing.isEmpty()) {
      LOG.info("Created the topics {}", missing.stream().map(NewTopic::name).toList());
    }
  }

  /** Ends the attempts; an attempt under way is interrupted. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
