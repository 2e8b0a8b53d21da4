package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.streamforge.camel.kafka.OutgoingRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everybody is told of a queue: one record of {@code queue-updates}.
 *
 * @param kind {@code state} for a change of status, {@code progress} for anything else
 * @param version the queue's version that first shows it
 * @param status the queue's status
 * @param last whether nothing more is told of this version: only then is all of it known
 * @param step the step it concerns, null when it concerns the queue
 * @param traceparent the trace of the queue, which goes into a header; null when it has none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Announcement(
    String kind,
    String queueId,
    long version,
    boolean last,
    Status status,
    @Nullable Integer step,
    long recordsWritten,
    Instant at,
    String message,
    @JsonIgnore @Nullable String traceparent) {

  /** The kind that is never folded. */
  public static final String STATE = "state";

  /** The kind of which only the newest of a queue counts. */
  public static final String PROGRESS = "progress";

  /**
   * All that is to be told of a queue to those who last heard of version {@code known}: each change
   * of status since, and the present state when none of them says it.
   */
  public static List<Announcement> since(long known, QueueState queue) {
    List<Announcement> announcements = new ArrayList<>();
    if (queue.version() <= known) {
      return announcements;
    }
    Status status = statusBefore(known, queue);
    List<HistoryEntry> changes =
        queue.history().stream()
            .filter(entry -> entry.version() > known && entry.to() != null)
            .toList();
    long told = known;
    for (int at = 0; at < changes.size(); at++) {
      HistoryEntry change = changes.get(at);
      status = change.step() == null ? requireNonNull(change.to()) : status;
      told = change.version();
      boolean last = at + 1 == changes.size() || changes.get(at + 1).version() > told;
      announcements.add(of(queue, change, last, status));
    }
    if (told < queue.version()) {
      announcements.add(progress(queue));
    }
    return announcements;
  }

  private static Status statusBefore(long known, QueueState queue) {
    for (HistoryEntry entry : queue.history()) {
      if (entry.version() > known && entry.step() == null && entry.from() != null) {
        return entry.from();
      }
    }
    return queue.status();
  }

  /** Up to which version all is known to whoever has this. */
  long known() {
    return last ? version : version - 1;
  }

  private static Announcement of(
      QueueState queue, HistoryEntry entry, boolean last, Status status) {
    Integer step = entry.step();
    String message =
        step == null
            ? entry.message()
            : queue.step(step).title() + " " + entry.message() + ": " + word(entry.to());
    return new Announcement(
        STATE,
        queue.id(),
        entry.version(),
        last,
        status,
        step,
        queue.recordsWritten(),
        entry.at(),
        message,
        queue.traceparent());
  }

  private static String word(@Nullable Status status) {
    return status == null ? "" : status.word();
  }

  private static Announcement progress(QueueState queue) {
    return new Announcement(
        PROGRESS,
        queue.id(),
        queue.version(),
        true,
        queue.status(),
        null,
        queue.recordsWritten(),
        queue.updatedAt(),
        queue.recordsWritten() + " records",
        queue.traceparent());
  }

  /** What goes to the topic, keyed by the id of the queue. */
  public static List<OutgoingRecord> records(List<Announcement> announcements) {
    return announcements.stream()
        .map(told -> new OutgoingRecord(told.queueId(), told.json(), told.traceparent()))
        .toList();
  }

  private String json() {
    try {
      return QueueJson.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an announcement cannot be written", e);
    }
  }
}
