package io.streamforge.queues;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a queue.
 *
 * @param version the version of the queue that first shows it
 * @param step the step's number, null when it concerns the queue
 * @param from the status before, null when no status changed
 * @param to the status after, null when no status changed
 * @param by who or what caused it
 * @param channel by which way: rest, kafka, telemetry, cluster, timer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record HistoryEntry(
    Instant at,
    long version,
    @Nullable Integer step,
    @Nullable Status from,
    @Nullable Status to,
    String by,
    String channel,
    String message) {}
