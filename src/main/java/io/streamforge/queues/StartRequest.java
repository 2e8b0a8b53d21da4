package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A request to start a queue that breaks no rule.
 *
 * @param requestedBy who asks
 * @param channel by which way: rest or kafka
 * @param idempotencyKey the key under which it counts once, null when it counts each time
 * @param traceparent the trace that all that follows from it belongs to, null when there is none
 */
public record StartRequest(
    JsonNode body,
    String requestedBy,
    String channel,
    @Nullable String idempotencyKey,
    @Nullable String traceparent) {
  public StartRequest {
    requireNonNull(body, "body is null");
    requireNonNull(requestedBy, "requestedBy is null");
    requireNonNull(channel, "channel is null");
  }
}
