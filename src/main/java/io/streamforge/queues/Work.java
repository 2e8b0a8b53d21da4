package io.streamforge.queues;

import io.streamforge.camel.kafka.OutgoingRecord;
import java.util.List;
import java.util.Set;

/**
 * What is to be done about some queues, sorted by whom it goes to.
 *
 * @param launches jobs for the launcher to create
 * @param deletions jobs for the launcher to delete, each with the reason
 * @param stops stop messages for the workers, keyed by the id of the queue
 */
public record Work(List<JobSpec> launches, List<Deletion> deletions, List<OutgoingRecord> stops) {

  /** A job to be deleted, and why, for the history. */
  public record Deletion(JobRef job, String reason) {}

  public Work {
    launches = List.copyOf(launches);
    deletions = List.copyOf(deletions);
    stops = List.copyOf(stops);
  }

  /** Whether there is nothing to be done. */
  public boolean isEmpty() {
    return launches.isEmpty() && deletions.isEmpty() && stops.isEmpty();
  }

  /** The jobs to be deleted, without the reasons. */
  public List<JobRef> jobsToDelete() {
    return deletions.stream().map(Deletion::job).toList();
  }

  /** The ids of the queues that stop messages go to. */
  Set<String> stoppedQueues() {
    return Set.copyOf(stops.stream().map(OutgoingRecord::key).toList());
  }
}
