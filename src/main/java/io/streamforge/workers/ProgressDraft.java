package io.streamforge.workers;

import io.streamforge.queues.JobPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's progress while its worker takes its turn. */
final class ProgressDraft {
  private static final int LOG_LINES = 20;
  private static final int LOG_LINE_LENGTH = 200;

  JobPhase phase;
  @Nullable String worker;
  int attempts;
  final Map<String, List<Long>> positions;
  long records;
  final Map<String, Long> highestNumbers;
  @Nullable Instant pacedFrom;
  long pacedRecords;
  @Nullable Instant reportedAt;
  long reportedRecords;
  boolean badRecordSeen;
  List<WorkerWord> lastWords;
  @Nullable String reason;
  final List<String> log;
  boolean deleteRequested;

  ProgressDraft(Progress base) {
    phase = base.phase();
    worker = base.worker();
    attempts = base.attempts();
    positions = new HashMap<>(base.positions());
    records = base.records();
    highestNumbers = new HashMap<>(base.highestNumbers());
    pacedFrom = base.pacedFrom();
    pacedRecords = base.pacedRecords();
    reportedAt = base.reportedAt();
    reportedRecords = base.reportedRecords();
    badRecordSeen = base.badRecordSeen();
    lastWords = base.lastWords();
    reason = base.reason();
    log = new ArrayList<>(base.log());
    deleteRequested = base.deleteRequested();
  }

  /** Adds a line to the worker's log, of which the last ones are kept: 4 KiB at most. */
  void log(Instant at, String level, String text) {
    String line = at + " " + level + " " + text;
    log.add(line.length() > LOG_LINE_LENGTH ? line.substring(0, LOG_LINE_LENGTH) : line);
    while (log.size() > LOG_LINES) {
      log.remove(0);
    }
  }

  Progress freeze() {
    return new Progress(
        phase,
        worker,
        attempts,
        positions,
        records,
        highestNumbers,
        pacedFrom,
        pacedRecords,
        reportedAt,
        reportedRecords,
        badRecordSeen,
        lastWords,
        reason,
        log,
        deleteRequested);
  }
}
