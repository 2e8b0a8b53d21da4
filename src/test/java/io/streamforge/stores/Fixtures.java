package io.streamforge.stores;

import io.streamforge.queues.QueueChange;
import io.streamforge.queues.QueueFilter;
import io.streamforge.queues.StoredQueue;
import io.streamforge.queues.StoredQueue.Claim;
import io.streamforge.workers.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Queues and jobs for tests of stores, and small changes of them. */
final class Fixtures {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final QueueFilter EVERYTHING =
      new QueueFilter(List.of(), List.of(), List.of(), List.of(), 1000, null);

  private Fixtures() {}

  static StoredQueue queue() {
    return queue(UUID.randomUUID().toString());
  }

  static StoredQueue queue(String id) {
    return new StoredQueue(
        id,
        1,
        "pending",
        "BTCUSDT",
        List.of("pipeline", "api_trades"),
        List.of("loader-producer", "arango-connector"),
        NOON,
        NOON,
        true,
        2,
        null,
        document(id, 1));
  }

  static String document(String id, long version) {
    return "{\"id\":\"" + id + "\",\"version\":" + version + ",\"note\":\"é \\\" 💓 '\"}";
  }

  static StoredQueue claiming(StoredQueue queue, String key, Instant expiresAt) {
    return copy(
        queue, queue.version(), queue.status(), queue.open(), new Claim(key, "hash", expiresAt));
  }

  static StoredQueue createdAt(StoredQueue queue, Instant createdAt) {
    return new StoredQueue(
        queue.id(),
        queue.version(),
        queue.status(),
        queue.symbol(),
        queue.types(),
        queue.targets(),
        createdAt,
        createdAt,
        queue.open(),
        queue.liveJobs(),
        queue.claim(),
        queue.document());
  }

  static StoredQueue found(
      StoredQueue queue, String symbol, List<String> types, List<String> targets) {
    return new StoredQueue(
        queue.id(),
        queue.version(),
        queue.status(),
        symbol,
        types,
        targets,
        queue.createdAt(),
        queue.updatedAt(),
        queue.open(),
        queue.liveJobs(),
        queue.claim(),
        queue.document());
  }

  /** The next version, a minute later. */
  static QueueChange change(StoredQueue queue, String status, boolean open) {
    return new QueueChange(
        queue.version(), copy(queue, queue.version() + 1, status, open, queue.claim()));
  }

  private static StoredQueue copy(
      StoredQueue queue, long version, String status, boolean open, @Nullable Claim claim) {
    return new StoredQueue(
        queue.id(),
        version,
        status,
        queue.symbol(),
        queue.types(),
        queue.targets(),
        queue.createdAt(),
        queue.createdAt().plusSeconds(60 * (version - 1)),
        open,
        open ? queue.liveJobs() : 0,
        claim,
        document(queue.id(), version));
  }

  static StoredJob job(String name, String queueId) {
    return new StoredJob(name, queueId, 1, false, null, null, "{\"name\":\"" + name + "\"}");
  }
}
