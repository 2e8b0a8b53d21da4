package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ReconcileSomeJobsTest {
  private final RunningService service;

  ReconcileSomeJobsTest(RunningService service) {
    this.service = service;
  }

  private static JobReport atWork(QueueState queue) {
    JobRef job = new JobRef(queue.id(), 1, queue.step(1).jobName());
    return new JobReport(job, JobPhase.RUNNING, 1, null, null);
  }

  @Test
  void a_job_that_was_taken_for_gone_is_to_be_deleted() throws Exception {
    QueueState pending = Planted.pending();
    Instant at = pending.updatedAt().minusSeconds(3600);
    QueueState gone = Queues.after(pending, new JobCreated(1, at));
    gone = Queues.after(gone, new StopAsked("a user", "rest", at));
    gone = Queues.after(gone, new JobSeen(1, JobPhase.GONE, 0, null, null, at.plusSeconds(1)));
    gone = Queues.after(gone, new Tick(at.plusSeconds(60), at.plusSeconds(60)));
    assertThat(gone.status()).isEqualTo(Status.STOPPED);
    assertThat(gone.isOpen()).isFalse();
    try (Undo quiet = service.without("resume-unfinished", "tend-soon")) {
      Planted.store(service, gone);

      service.call("reconcile-some-jobs", List.of(atWork(gone)), Map.of());

      QueueState now = Planted.load(service, gone);
      assertThat(now.status()).isEqualTo(Status.STOPPED);
      assertThat(now.isOpen()).isTrue();
      assertThat(Planted.work(service, now).deletions()).hasSize(1);
    }
  }

  @Test
  void a_job_without_a_queue_is_named_and_others_are_not() {
    QueueState known = Planted.store(service, Planted.finished());
    JobRef stray = new JobRef(UUID.randomUUID().toString(), 1, "sf-stray");
    JobRef nameless = new JobRef("", 0, "sf-nameless");
    Exchange done =
        service.call(
            "reconcile-some-jobs",
            List.of(
                atWork(known),
                new JobReport(stray, JobPhase.RUNNING, 1, null, null),
                new JobReport(nameless, JobPhase.RUNNING, 1, null, null)),
            Map.of());
    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody(List.class)).isEqualTo(List.of(stray, nameless));
    assertThat(Planted.load(service, known)).isEqualTo(known);
  }
}
