package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.Observation.Word;
import io.streamforge.service.RunningService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Queues that are put into the store of a running service behind its back. */
final class Planted {

  private Planted() {}

  /** A symbol that no other test uses. */
  static String symbol() {
    return "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 12).toUpperCase();
  }

  /** The body of a start of one endless loader. */
  static ObjectNode endless(String symbol) {
    return QueueJson.MAPPER
        .createObjectNode()
        .put("symbol", symbol)
        .put("type", "ws")
        .put("time_range", "2024-01-01:2024-01-03");
  }

  /** A queue that is not stored, whose loader is to be launched. */
  static QueueState pending() {
    return pending(symbol());
  }

  static QueueState pending(String symbol) {
    Instant now = Clock.systemUTC().instant().minusSeconds(3);
    QueueState planned =
        Queues.PLAN.of(endless(symbol), UUID.randomUUID().toString(), "a user", "rest", now);
    return Queues.RULE.apply(planned, List.of(new Tick(null, now)));
  }

  /** A queue that is not stored, and over. */
  static QueueState finished() {
    return finished(symbol());
  }

  static QueueState finished(String symbol) {
    return ended(symbol, Word.FINISHED);
  }

  static QueueState ended(String symbol, Word word) {
    QueueState queue = pending(symbol);
    Instant at = queue.updatedAt();
    QueueState ended =
        Queues.after(
            queue,
            new JobCreated(1, at),
            new Reported(1, word, 5L, null, null, new Origin("elsewhere-0", 1), at),
            new JobSeen(1, JobPhase.COMPLETE, 1, null, null, at));
    assertThat(ended.isOpen()).isFalse();
    return ended;
  }

  /** Puts it into the store. */
  static QueueState store(RunningService service, QueueState queue) {
    store(service, QueueJson.stored(queue, null));
    return queue;
  }

  /** Puts a queue into the store whose document nobody can read, and gives what it should say. */
  static QueueState unreadable(RunningService service) {
    return unreadable(service, finished());
  }

  static QueueState unreadable(RunningService service, QueueState queue) {
    StoredQueue stored = QueueJson.stored(queue, null);
    String document = stored.document().replace("\"steps\"", "\"stepladders\"");
    store(
        service,
        new StoredQueue(
            stored.id(),
            stored.version(),
            stored.status(),
            stored.symbol(),
            stored.types(),
            stored.targets(),
            stored.createdAt(),
            stored.updatedAt(),
            stored.open(),
            stored.liveJobs(),
            null,
            document));
    return queue;
  }

  private static void store(RunningService service, StoredQueue queue) {
    Exchange done = service.call("save-queue", queue, Map.of());
    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody()).isNull();
  }

  /** How it now is in the store. */
  static QueueState load(RunningService service, QueueState queue) {
    Exchange done = service.call("load-queue", queue.id(), Map.of());
    return QueueJson.read(done.getMessage().getBody(String.class));
  }

  /** What is due about it. */
  static Work work(RunningService service, QueueState queue) {
    return service.bean("queueTender", QueueTender.class).work(List.of(queue));
  }

  /** How many queues the list shows of a symbol. */
  static int listed(RunningService service, String symbol) {
    return RunningService.json(service.get("/queues?symbol=" + symbol)).path("data").size();
  }
}
