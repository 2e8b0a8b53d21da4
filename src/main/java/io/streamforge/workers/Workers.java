package io.streamforge.workers;

import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.leadership.HandsOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this process, which take their turns together. All that must outlive the process
 * is in the jobs' documents. Not for use by two threads at once, but for {@link #check}.
 */
public final class Workers implements AutoCloseable, HandsOver {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private static final long HAND_OVER_SECONDS = 3;

  private final String owner = UUID.randomUUID().toString();
  private final SyntheticWorker worker;
  private final Supplier<WorkerTopics> openTopics;
  private @Nullable WorkerTopics opened;
  private final Duration lease;
  private final int limit;
  private final CountDownLatch handedOver = new CountDownLatch(1);
  private boolean announced;
  private volatile boolean leaving;
  private volatile Instant lastGoodTurn = Instant.now();

  /**
   * @param lease how long a process that says nothing keeps its jobs
   * @param sendTimeout how long a send to the broker may take
   * @param limit how many jobs the process works on at most
   */
  public Workers(
      KafkaConnection kafka, WorkerPace pace, Duration lease, Duration sendTimeout, int limit) {
    if (lease.compareTo(sendTimeout) <= 0) {
      throw new IllegalArgumentException(
          "local.lease must be longer than kafka.send.timeout, so that a worker is silent before"
              + " another process goes on with its job: "
              + lease.toMillis()
              + " ms");
    }
    this.worker = new SyntheticWorker(pace);
    this.openTopics = () -> new WorkerTopics(kafka, sendTimeout);
    this.lease = lease;
    this.limit = limit;
  }

  /** Asks for the jobs whose turn it is. */
  public JobClaim claim() {
    Instant now = Instant.now();
    // What is leased for an instant is free for whoever asks next.
    return new JobClaim(owner, now, leaving ? now.plusMillis(1) : now.plus(lease), limit);
  }

  /**
   * Lets the worker of each claimed job take its turn and writes what it makes and says. Returns
   * what is to be stored of it; a worker whose topics cannot be reached repeats its turn.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   */
  public List<JobChange> takeTurns(List<StoredJob> jobs) {
    if (letGo(jobs)) {
      return List.of();
    }
    Map<StoredJob, JobDocument> documents = read(jobs);
    WorkerTopics topics = topics();
    Heard heard = hear(topics, documents);
    Map<StoredJob, Turn> turns = new LinkedHashMap<>();
    documents.forEach(
        (job, document) ->
            turn(topics, job, document, heard).ifPresent(turn -> turns.put(job, turn)));
    topics.write(turns, Turn::records);
    topics.write(turns, Turn::telemetry);
    List<JobChange> changes = new ArrayList<>();
    turns.forEach(
        (job, turn) -> {
          if (!turn.next().equals(documents.get(job))) {
            changes.add(turn.change(job));
          }
        });
    return changes;
  }

  /** A claim from before the leave lasts, and its turns are taken. */
  private boolean letGo(List<StoredJob> jobs) {
    Instant now = Instant.now();
    boolean free =
        leaving
            && jobs.stream()
                .map(StoredJob::leaseUntil)
                .noneMatch(until -> until != null && until.isAfter(now.plusMillis(1)));
    if (free) {
      handedOver.countDown();
    }
    return free;
  }

  /** Lets other processes go on with all jobs at once, after the turn that is being taken. */
  @Override
  public void handOver() throws InterruptedException {
    leaving = true;
    if (!handedOver.await(HAND_OVER_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("The jobs of this process are free for others only after {} s", lease.toSeconds());
    }
  }

  /** Notes that what the workers did is stored. */
  public void turnsStored() {
    lastGoodTurn = Instant.now();
  }

  /**
   * Whether the workers are at work.
   *
   * @throws IllegalStateException when they have not been for longer than a lease
   */
  public void check() {
    Duration idle = Duration.between(lastGoodTurn, Instant.now());
    if (idle.compareTo(lease.multipliedBy(2)) > 0) {
      throw new IllegalStateException(
          "the workers inside the process have not worked for %d s: look for run-workers in the log"
              .formatted(idle.toSeconds()));
    }
  }

  private static Map<StoredJob, JobDocument> read(List<StoredJob> jobs) {
    Map<StoredJob, JobDocument> documents = new LinkedHashMap<>();
    for (StoredJob job : jobs) {
      try {
        documents.put(job, JobDocument.read(job.document()));
      } catch (IllegalStateException unreadable) {
        LOG.error("Job {} is left alone: {}", job.name(), unreadable.getMessage());
      }
    }
    return documents;
  }

  private Heard hear(WorkerTopics topics, Map<StoredJob, JobDocument> documents) {
    try {
      topics.open(documents.values(), owner);
      return topics.hear(documents.values());
    } catch (KafkaException away) {
      // Clients made anew do not have to find out one after the other that their lines are dead.
      close();
      throw away;
    }
  }

  /** A name that nobody knows yet makes a client impossible: it is made when it is needed. */
  private synchronized WorkerTopics topics() {
    if (opened == null) {
      opened = openTopics.get();
    }
    return opened;
  }

  private Optional<Turn> turn(
      WorkerTopics topics, StoredJob job, JobDocument document, Heard heard) {
    if (!topics.reach(document)) {
      return Optional.empty();
    }
    Instant now = Instant.now();
    if (!SyntheticWorker.starts(document, owner)) {
      return Optional.of(worker.advance(document, heard, now));
    }
    if (!announced) {
      LOG.info("Workers run inside this process: all data they make is synthetic");
      announced = true;
    }
    LOG.info("A worker of job {} starts in this process", job.name());
    return Optional.of(worker.start(document, owner, topics.ends(), now));
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
