package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a queue; the document that is stored and shown.
 *
 * @param type the request's type, {@code pipeline} for a pipeline
 * @param loaderType {@code job}, {@code stream} or {@code connector}
 * @param startTime the first day of the data, {@code 2024-01-01}
 * @param endTime the last day of the data
 * @param recordsWritten the sum over the loaders, without any over all steps
 * @param traceparent the trace of the request that started it, as {@code TraceContext} writes it;
 *     null when that had none
 * @param stopRequestedAt when it was first decided that all of its steps are to end
 * @param stopSentAt when the stop message last went out
 * @param telemetryMessages how many messages of its workers were counted, each once
 * @param telemetryOffsets topic and partition, as {@code queue-events-0}, to the offset after the
 *     last message counted
 * @param historyDropped how many entries the history has lost at its old end
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record QueueState(
    String id,
    String symbol,
    String type,
    Status status,
    String loaderType,
    String startTime,
    String endTime,
    @Nullable String lastLoadedTimestamp,
    long recordsWritten,
    @Nullable String errorMessage,
    String kafkaTopic,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<StepState> steps,
    Instant createdAt,
    Instant updatedAt,
    String requestedBy,
    @Nullable String traceparent,
    long version,
    @Nullable Instant stopRequestedAt,
    @Nullable Instant stopSentAt,
    long telemetryMessages,
    Map<String, Long> telemetryOffsets,
    List<HistoryEntry> history,
    long historyDropped) {

  /** How many entries a history keeps. */
  public static final int HISTORY_LIMIT = 200;

  public QueueState {
    requireNonNull(id, "id is null");
    requireNonNull(status, "status is null");
    steps = List.copyOf(steps);
    telemetryOffsets = Map.copyOf(telemetryOffsets);
    history = List.copyOf(history);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a queue has at least one step");
    }
  }

  /** The step of that number, from 1. */
  public StepState step(int number) {
    return steps.get(number - 1);
  }

  /** Whether somebody still has to look after it. */
  @JsonIgnore
  public boolean isOpen() {
    return !status.isFinal() || steps.stream().anyMatch(StepState::isLive);
  }

  /** How many workers of it live or may still be started. */
  @JsonIgnore
  public int liveJobs() {
    return (int) steps.stream().filter(StepState::isLive).count();
  }
}
