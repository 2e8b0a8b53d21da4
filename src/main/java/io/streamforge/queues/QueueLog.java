package io.streamforge.queues;

import io.streamforge.camel.trace.TraceContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log's view of queues: a line for each thing that happens to one, with its id and that of the
 * trace that started it.
 */
public final class QueueLog {
  private static final Logger LOG = LoggerFactory.getLogger(QueueLog.class);

  /** Tells that a queue was recorded. */
  public void begun(QueueState queue) {
    line(queue.id(), queue.history().get(0), queue);
  }

  /** Tells what a recording has changed. */
  public void recorded(Recording recording) {
    for (QueueState queue : recording.recorded()) {
      long known = recording.versionBefore(queue.id());
      List<HistoryEntry> news =
          queue.history().stream().filter(entry -> entry.version() > known).toList();
      news.forEach(entry -> line(queue.id(), entry, queue));
    }
  }

  @SuppressWarnings("try") // It is closed, and not read.
  private static void line(String queueId, HistoryEntry entry, QueueState queue) {
    String subject = entry.step() == null ? "queue" : queue.step(entry.step()).title();
    String change = entry.to() == null ? "" : " → " + entry.to().word();
    try (MDC.MDCCloseable id = MDC.putCloseable("queue_id", queueId);
        TraceContext.Logged trace = TraceContext.logged(queue.traceparent())) {
      LOG.info("{}{}: {} (by {})", subject, change, entry.message(), entry.by());
    }
  }
}
