package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import io.streamforge.queues.JobPhase;
import io.streamforge.queues.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One turn of a worker that runs. */
final class Shift {
  private static final double MILLIS = 1000;

  private final JobDocument job;
  private final Assignment assignment;
  private final Instant now;
  private final WorkerPace pace;
  private final SyntheticData data;
  private final ProgressDraft draft;
  private final List<ProducerRecord<String, byte[]>> made = new ArrayList<>();
  private final List<ProducerRecord<String, byte[]>> said = new ArrayList<>();

  Shift(JobDocument job, Instant now, WorkerPace pace, SyntheticData data) {
    this.job = job;
    this.assignment = requireNonNull(job.assignment(), "a job without an assignment is never run");
    this.now = now;
    this.pace = pace;
    this.data = data;
    draft = new ProgressDraft(job.progress());
  }

  Turn sayStarted() {
    say(WorkerWord.STARTED);
    return turn();
  }

  Turn work(Heard heard) {
    if (hearsStop(heard)) {
      draft.log(now, "INFO", "stopped at record " + draft.records);
      draft.lastWords = List.of(WorkerWord.INTERRUPTED, WorkerWord.FINISHED);
      return turn();
    }
    if (assignment.role() == Role.CONNECTOR) {
      count(heard);
    } else {
      make();
    }
    if (!fails()) {
      report();
    }
    return turn();
  }

  Turn sayLastWords() {
    draft.lastWords.forEach(this::say);
    boolean failed = draft.lastWords.contains(WorkerWord.ERROR);
    draft.phase = failed ? JobPhase.FAILED : JobPhase.COMPLETE;
    draft.lastWords = List.of();
    return turn();
  }

  private boolean hearsStop(Heard heard) {
    String topic = assignment.controlTopic();
    List<Long> positions = draft.positions.getOrDefault(topic, List.of());
    draft.positions.put(topic, heard.behind(topic, positions));
    return heard.stops(assignment.queueId(), topic, positions);
  }

  private void count(Heard heard) {
    draft.positions.computeIfPresent(
        assignment.dataTopic(), (topic, positions) -> heard.take(topic, positions, this::count));
  }

  private void count(ConsumerRecord<String, byte[]> record) {
    Optional<RecordNumber> number = RecordNumber.read(record.value());
    if (number.isEmpty()) {
      draft.records++;
      return;
    }
    // A loader that was started anew repeats its last records, all below the highest number.
    long highest = draft.highestNumbers.getOrDefault(number.get().source(), -1L);
    if (number.get().number() > highest) {
      draft.records++;
      draft.highestNumbers.put(number.get().source(), number.get().number());
    }
  }

  private void make() {
    long until = Math.max(draft.records, Math.min(due(), lastBeforeEnd()));
    if (assignment.role() == Role.LOADER) {
      for (long number = draft.records; number < until; number++) {
        byte[] record = data.record(assignment, number);
        made.add(new ProducerRecord<>(assignment.dataTopic(), assignment.queueId(), record));
      }
    }
    draft.records = until;
  }

  /** How many records there should be by now; after a pause it catches up little by little. */
  private long due() {
    double perSecond = pace.perSecond(assignment);
    Instant from = draft.pacedFrom == null ? now : draft.pacedFrom;
    double sinceStart = perSecond * Duration.between(from, now).toMillis() / MILLIS;
    long atOnce = (long) Math.ceil(perSecond);
    return Math.min(draft.pacedRecords + (long) sinceStart, draft.records + atOnce);
  }

  private long lastBeforeEnd() {
    long total = pace.total(assignment).orElse(Long.MAX_VALUE);
    return assignment
        .drill()
        .filter(drill -> drill.mode() != FailureDrill.Mode.BAD_RECORD)
        .map(drill -> Math.min(drill.after(), total))
        .orElse(total);
  }

  private boolean fails() {
    Optional<FailureDrill> drill =
        assignment.drill().filter(asked -> draft.records >= asked.after());
    if (drill.isEmpty()) {
      return false;
    }
    String failure = "asked to fail at record " + drill.get().after();
    switch (drill.get().mode()) {
      case BAD_RECORD -> {
        if (!draft.badRecordSeen) {
          draft.badRecordSeen = true;
          draft.log(now, "WARN", "bad record: " + failure);
          said.add(message(WorkerWord.BAD_RECORD, failure));
        }
        return false;
      }
      case ERROR -> draft.lastWords = List.of(WorkerWord.ERROR, WorkerWord.FINISHED);
      case SILENT -> draft.phase = JobPhase.FAILED;
    }
    draft.log(now, "ERROR", failure);
    draft.reason = "exit code 1: " + failure;
    return true;
  }

  private void report() {
    if (draft.records >= pace.total(assignment).orElse(Long.MAX_VALUE)) {
      draft.log(now, "INFO", "finished with " + draft.records + " records");
      draft.lastWords = List.of(WorkerWord.FINISHED);
      return;
    }
    boolean grown = draft.records > draft.reportedRecords;
    Duration wait = grown ? pace.reportPeriod() : pace.signOfLife();
    if (draft.reportedAt == null || !now.isBefore(draft.reportedAt.plus(wait))) {
      say(WorkerWord.LOADING);
    }
  }

  private void say(WorkerWord word) {
    said.add(message(word, word == WorkerWord.ERROR ? draft.reason : null));
    draft.reportedAt = now;
    draft.reportedRecords = draft.records;
  }

  private ProducerRecord<String, byte[]> message(WorkerWord word, @Nullable String error) {
    boolean loaded = assignment.role() == Role.LOADER && draft.records > 0;
    Instant lastLoaded = loaded ? data.time(assignment, draft.records - 1) : null;
    return Telemetry.message(assignment, word, draft.records, lastLoaded, error, now);
  }

  private Turn turn() {
    return new Turn(job.with(draft.freeze()), made, said);
  }
}
