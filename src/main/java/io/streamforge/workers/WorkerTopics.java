package io.streamforge.workers;

import io.streamforge.camel.kafka.GroupedWriter;
import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.PositionedReader;
import io.streamforge.camel.kafka.TopicOpener;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of all workers of this process, reached through one client of each kind. */
final class WorkerTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTopics.class);
  private static final Duration READ_PATIENCE = Duration.ofMillis(50);
  private static final int RECORDS_A_TURN = 20_000;

  private final Duration sendTimeout;
  private final TopicOpener opener;
  private final PositionedReader reader;
  private final GroupedWriter writer;
  // Topics that a send failed to reach, perhaps since they were deleted.
  private final Set<String> doubtful = new HashSet<>();
  private Map<String, List<Long>> ends = Map.of();

  WorkerTopics(KafkaConnection kafka, Duration sendTimeout) {
    Map<String, Object> clientProperties = kafka.clientProperties();
    int sendTimeoutMs = Math.toIntExact(sendTimeout.toMillis());
    this.sendTimeout = sendTimeout;
    opener = new TopicOpener(clientProperties, sendTimeoutMs);
    reader = new PositionedReader(clientProperties);
    writer = new GroupedWriter(kafka, sendTimeoutMs);
  }

  /** Sees to the topics of workers that are about to start, and to those that are in doubt. */
  void open(Collection<JobDocument> jobs, String owner) {
    Set<String> known = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    for (JobDocument job : jobs) {
      Set<String> topics = job.topics();
      known.addAll(topics);
      if (SyntheticWorker.starts(job, owner)) {
        wanted.addAll(topics);
      }
    }
    doubtful.retainAll(known);
    doubtful.addAll(wanted);
    ends = opener.open(doubtful);
    doubtful.removeAll(ends.keySet());
  }

  /** The ends of the topics that were opened in this turn. */
  Map<String, List<Long>> ends() {
    return ends;
  }

  /** Whether the job can go on: all its topics are there, or it needs none any more. */
  boolean reach(JobDocument job) {
    return job.progress().deleteRequested() || job.topics().stream().noneMatch(doubtful::contains);
  }

  /** What is new behind the positions of the jobs. */
  Heard hear(Collection<JobDocument> jobs) {
    Map<TopicPartition, Long> from = new HashMap<>();
    for (JobDocument job : jobs) {
      job.progress()
          .positions()
          .forEach(
              (topic, positions) -> {
                for (int partition = 0; partition < positions.size(); partition++) {
                  from.merge(
                      new TopicPartition(topic, partition), positions.get(partition), Math::min);
                }
              });
    }
    return new Heard(reader.read(from, READ_PATIENCE, RECORDS_A_TURN));
  }

  /** Writes one kind of records of the turns; turns that could not be written are taken out. */
  void write(
      Map<StoredJob, Turn> turns, Function<Turn, List<ProducerRecord<String, byte[]>>> kind) {
    Map<StoredJob, List<ProducerRecord<String, byte[]>>> groups = new LinkedHashMap<>();
    turns.forEach(
        (job, turn) -> {
          if (!kind.apply(turn).isEmpty()) {
            groups.put(job, kind.apply(turn));
          }
        });
    Map<StoredJob, KafkaException> failures = writer.write(groups, timeLeft(groups.keySet()));
    failures.forEach(
        (job, failure) -> {
          Turn failed = Objects.requireNonNull(turns.remove(job));
          if (!(failure instanceof GroupedWriter.NotBegunException)) {
            doubtful.addAll(failed.next().topics());
          }
        });
    failures.entrySet().stream()
        .findFirst()
        .ifPresent(
            first ->
                LOG.warn(
                    "{} of {} jobs repeat their turn, as job {}: {}",
                    failures.size(),
                    groups.size(),
                    first.getKey().name(),
                    first.getValue().toString()));
  }

  /** How long sends may begin, so that they end before the first lease does. */
  private Duration timeLeft(Set<StoredJob> jobs) {
    Instant now = Instant.now();
    return jobs.stream()
        .map(StoredJob::leaseUntil)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(end -> Duration.between(now, end).minus(sendTimeout))
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
    opener.close();
  }
}
