package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobReport;
import io.streamforge.queues.QueueTender;
import io.streamforge.queues.Recording;
import io.streamforge.service.RunningService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Queues that are started to be looked at. */
final class Started {

  private Started() {}

  /** A queue like that of a file in requests/valid. */
  static String like(RunningService service, String name) {
    return service.startQueue(RunningService.request(name));
  }

  /** A queue of one loader that works until it is stopped. */
  static String endless(RunningService service, String symbol) {
    return service.startQueue(
        "{\"symbol\":\"%s\",\"type\":\"ws\",\"time_range\":\"2024-08-01:2024-08-01\"}"
            .formatted(symbol));
  }

  /** Lets the first worker of a queue say that it failed. */
  static void fail(RunningService service, String id, String error) {
    String digits = id.replace("-", "").substring(0, 12);
    service.write(
        "queue.events.topic",
        "{\"queue_id\":\"%s\",\"producer\":\"loader-producer__%s-1\",\"status\":\"error\",\"error_message\":\"%s\",\"timestamp\":%d}"
            .formatted(id, digits, error, System.currentTimeMillis() / 1000));
  }

  /** Lets the launcher report that the first job of a queue failed, with the end of its log. */
  static void failJob(RunningService service, String id, String log) {
    JobRef job = new JobRef(id, 1, service.queue(id).at("/steps/0/job_name").asText());
    JobReport report = new JobReport(job, JobPhase.FAILED, 1, "BackoffLimitExceeded", log);
    QueueTender tender = service.bean("queueTender", QueueTender.class);
    Recording recording = tender.observe(List.of(id), List.of(report), Instant.now());
    Exchange done = service.call("record-observations", recording, Map.of());
    assertThat(done.getException()).isNull();
  }
}
