package io.streamforge.queues;

import java.time.Instant;

/** What is needed to decide whether a queue wants looking after or announcing. */
public record OpenQueue(String id, long version, Instant updatedAt, boolean open) {}
