package io.streamforge.queues;

import static io.streamforge.queues.Queues.after;
import static io.streamforge.queues.Queues.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobDeleteAsked;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.JobWaits;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.Observation.Word;
import org.junit.jupiter.api.Test;

/** What the cluster shows of a job, and what follows from it. */
class JobWitnessTest {
  private static final String LOADER = "loader-producer:api_trades";
  private static final String NO_IMAGE = "its worker cannot get its image (ImagePullBackOff)";

  private static QueueState created() {
    return after(Queues.launched(LOADER), new JobCreated(1, at(1)));
  }

  private static JobSeen seen(JobPhase phase, long second) {
    return new JobSeen(1, phase, 1, null, null, at(second));
  }

  @Test
  void a_worker_that_does_not_start_in_time_ends_its_step_with_the_reason() {
    QueueState waiting = after(created(), new JobWaits(1, at(1), NO_IMAGE, at(600)));
    assertThat(waiting.step(1).status()).isEqualTo(Status.PENDING);
    assertThat(waiting.step(1).job().reason()).isEqualTo(NO_IMAGE);
    assertThat(waiting.history())
        .last()
        .extracting(HistoryEntry::message)
        .asString()
        .isEqualTo("does not start: " + NO_IMAGE);

    QueueState late = after(waiting, new JobWaits(1, at(1), NO_IMAGE, at(601)));
    assertThat(late.status()).isEqualTo(Status.ERROR);
    assertThat(late.errorMessage())
        .isEqualTo("step 1 (loader-producer): did not start within 10m: " + NO_IMAGE);
    assertThat(new QueueDeeds(Queues.WAITS).due(late, at(602)))
        .singleElement()
        .isInstanceOf(Deed.DeleteJob.class);
  }

  @Test
  void a_worker_that_has_started_after_all_is_no_longer_said_to_wait() {
    QueueState waiting = after(created(), new JobWaits(1, at(1), NO_IMAGE, at(300)));

    QueueState started = after(waiting, seen(JobPhase.RUNNING, 301));

    assertThat(started.step(1).status()).isEqualTo(Status.LOADING);
    assertThat(started.step(1).job().reason()).isNull();
  }

  @Test
  void a_worker_that_waits_while_its_queue_is_stopped_is_no_error() {
    QueueState stopping = after(created(), new StopAsked("a user", "rest", at(2)));

    QueueState late = after(stopping, new JobWaits(1, at(1), NO_IMAGE, at(700)));

    assertThat(late.status()).isEqualTo(Status.STOPPING);
    assertThat(late.step(1).status()).isEqualTo(Status.PENDING);
  }

  @Test
  void each_job_tells_how_far_its_end_is() {
    QueueState running = after(created(), seen(JobPhase.RUNNING, 2));
    assertThat(running.step(1).job().ending()).isNull();
    QueueState asked = after(running, new StopAsked("a user", "rest", at(3)));
    assertThat(asked.step(1).job().ending()).isEqualTo("asked");
    assertThat(after(asked, seen(JobPhase.COMPLETE, 4)).step(1).job().ending())
        .isEqualTo("ended by itself");
    QueueState deleted = after(asked, new JobDeleteAsked(1, "why", at(40)));
    assertThat(deleted.step(1).job().ending()).isEqualTo("deleted");
    assertThat(deleted.status()).isEqualTo(Status.STOPPING);
    QueueState gone = after(deleted, seen(JobPhase.GONE, 41), new Tick(at(60), at(60)));
    assertThat(gone.step(1).job().ending()).isEqualTo("gone");
    assertThat(gone.status()).isEqualTo(Status.STOPPED);
    assertThat(QueueJson.read(QueueJson.stored(gone, null).document())).isEqualTo(gone);
  }

  @Test
  void a_launch_that_came_late_makes_a_job_that_has_to_go() {
    QueueState stopped =
        after(
            Queues.launched(LOADER),
            new StopAsked("a user", "rest", at(1)),
            seen(JobPhase.GONE, 30),
            new Tick(at(60), at(60)));
    assertThat(stopped.status()).isEqualTo(Status.STOPPED);
    assertThat(stopped.isOpen()).isFalse();

    QueueState late = after(stopped, new JobCreated(1, at(61)));

    assertThat(late.status()).as("a final status stays").isEqualTo(Status.STOPPED);
    assertThat(late.isOpen()).isTrue();
    assertThat(new QueueDeeds(Queues.WAITS).due(late, at(62)))
        .containsExactly(new Deed.DeleteJob(1, "deleted its job, so that no retry runs on"));
  }

  @Test
  void an_older_sighting_brings_no_job_back() {
    QueueState gone = after(created(), seen(JobPhase.GONE, 30));

    assertThat(after(gone, seen(JobPhase.RUNNING, 20)).step(1).job().phase())
        .isEqualTo(JobPhase.GONE);
  }

  @Test
  void where_worker_and_cluster_disagree_the_history_says_so_whoever_speaks_first() {
    Reported finished =
        new Reported(1, Word.FINISHED, 5L, null, null, new Origin("queue-events-0", 1), at(10));
    JobSeen failed = new JobSeen(1, JobPhase.FAILED, 1, "token=abc is wrong", null, at(9));
    String said = "its worker said that it has finished, its job failed: token=*** is wrong";

    assertThat(after(created(), finished, failed).history())
        .extracting(HistoryEntry::message)
        .containsOnlyOnce(said);
    assertThat(after(created(), failed, finished).history())
        .extracting(HistoryEntry::message)
        .containsOnlyOnce(said);
    assertThat(after(created(), finished, seen(JobPhase.COMPLETE, 11)).history())
        .extracting(HistoryEntry::message)
        .noneMatch(message -> message.contains("its worker said"));
  }
}
