package io.streamforge.queues;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue's state while the rule works on it; {@link #freeze} gives the next version, or the same
 * one when nothing changed.
 */
final class QueueDraft {
  private final QueueState base;
  private final Masking masking;
  final List<StepDraft> steps = new ArrayList<>();
  Status status;
  private @Nullable String lastLoadedTimestamp;
  private @Nullable Instant lastLoadedAt;
  @Nullable String errorMessage;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Instant stopRequestedAt;
  @Nullable Instant stopSentAt;
  long telemetryMessages;
  final Map<String, Long> telemetryOffsets;
  private final List<HistoryEntry> added = new ArrayList<>();

  QueueDraft(QueueState base, Masking masking) {
    this.base = base;
    this.masking = masking;
    base.steps().forEach(step -> steps.add(new StepDraft(step)));
    status = base.status();
    lastLoadedTimestamp = base.lastLoadedTimestamp();
    errorMessage = base.errorMessage();
    startedAt = base.startedAt();
    finishedAt = base.finishedAt();
    stopRequestedAt = base.stopRequestedAt();
    stopSentAt = base.stopSentAt();
    telemetryMessages = base.telemetryMessages();
    telemetryOffsets = new HashMap<>(base.telemetryOffsets());
  }

  String mask(String text) {
    return masking.mask(text);
  }

  StepDraft step(int number) {
    return steps.get(number - 1);
  }

  /** The worker's own word for it. */
  void lastLoaded(String timestamp) {
    lastLoadedTimestamp = timestamp;
    lastLoadedAt = null;
  }

  /** A time of ours; only the last of many is ever written as text. */
  void lastLoaded(Instant at) {
    lastLoadedAt = at;
  }

  Instant createdAt() {
    return base.createdAt();
  }

  void become(Status next, Cause cause, String message, Instant at) {
    added.add(
        new HistoryEntry(
            at, base.version() + 1, null, status, next, cause.by(), cause.channel(), message));
    status = next;
  }

  void become(StepDraft step, Status next, Cause cause, String message, Instant at) {
    added.add(
        new HistoryEntry(
            at,
            base.version() + 1,
            step.number(),
            step.status,
            next,
            cause.by(),
            cause.channel(),
            message));
    step.status = next;
  }

  void note(@Nullable StepDraft step, Cause cause, String message, Instant at) {
    added.add(
        new HistoryEntry(
            at,
            base.version() + 1,
            step == null ? null : step.number(),
            null,
            null,
            cause.by(),
            cause.channel(),
            mask(message)));
  }

  private long records() {
    boolean loaders = steps.stream().anyMatch(step -> step.role() == Role.LOADER);
    return steps.stream()
        .filter(step -> !loaders || step.role() == Role.LOADER)
        .mapToLong(step -> step.records)
        .sum();
  }

  QueueState freeze(Instant at) {
    String lastLoaded = lastLoadedAt == null ? lastLoadedTimestamp : lastLoadedAt.toString();
    List<StepState> frozen = steps.stream().map(StepDraft::freeze).toList();
    boolean same =
        added.isEmpty()
            && frozen.equals(base.steps())
            && telemetryOffsets.equals(base.telemetryOffsets())
            && Objects.equals(stopSentAt, base.stopSentAt())
            && Objects.equals(lastLoaded, base.lastLoadedTimestamp());
    if (same) {
      return base;
    }
    List<HistoryEntry> history = new ArrayList<>(base.history());
    history.addAll(added);
    int dropped = Math.max(0, history.size() - QueueState.HISTORY_LIMIT);
    forget(history, dropped);
    return new QueueState(
        base.id(),
        base.symbol(),
        base.type(),
        status,
        base.loaderType(),
        base.startTime(),
        base.endTime(),
        lastLoaded,
        records(),
        errorMessage,
        base.kafkaTopic(),
        startedAt,
        finishedAt,
        frozen,
        base.createdAt(),
        at,
        base.requestedBy(),
        base.traceparent(),
        base.version() + 1,
        stopRequestedAt,
        stopSentAt,
        telemetryMessages,
        telemetryOffsets,
        history,
        base.historyDropped() + dropped);
  }

  /** The oldest remarks go first: a flood of them must not wash away what happened to the queue. */
  private static void forget(List<HistoryEntry> history, int number) {
    int left = number;
    for (var entries = history.iterator(); left > 0 && entries.hasNext(); ) {
      if (entries.next().to() == null) {
        entries.remove();
        left--;
      }
    }
    history.subList(0, left).clear();
  }

  /** Who or what changes the queue, and by which channel. */
  record Cause(String by, String channel) {}
}
