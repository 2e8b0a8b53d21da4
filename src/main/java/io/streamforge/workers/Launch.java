package io.streamforge.workers;

import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import io.streamforge.queues.LaunchOutcome.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * A launch of jobs: what is to be stored, and what is said of it once it is.
 *
 * @param jobs those that can be launched; of one that is stored already nothing is changed
 * @param outcomes one a job asked for, in their order
 */
public record Launch(List<StoredJob> jobs, List<LaunchOutcome> outcomes) {
  public Launch {
    jobs = List.copyOf(jobs);
    outcomes = List.copyOf(outcomes);
  }

  /** The launch of these jobs; one whose worker could never run is refused. */
  public static Launch of(List<JobSpec> specs) {
    List<StoredJob> jobs = new ArrayList<>();
    List<LaunchOutcome> outcomes = new ArrayList<>();
    for (JobSpec spec : specs) {
      try {
        JobDocument document = new JobDocument(Assignment.of(spec), Progress.NONE);
        jobs.add(
            new StoredJob(
                spec.job().jobName(),
                spec.job().queueId(),
                1,
                false,
                null,
                null,
                document.write()));
        outcomes.add(new LaunchOutcome(spec.job(), Result.CREATED, null));
      } catch (IllegalArgumentException wrong) {
        outcomes.add(new LaunchOutcome(spec.job(), Result.REFUSED, wrong.getMessage()));
      }
    }
    return new Launch(jobs, outcomes);
  }

  /** The outcomes of a launch whose jobs could not be stored. */
  public static List<LaunchOutcome> away(Launch launch, String reason) {
    return launch.outcomes().stream()
        .map(
            outcome ->
                outcome.result() == Result.REFUSED
                    ? outcome
                    : new LaunchOutcome(outcome.job(), Result.AWAY, reason))
        .toList();
  }
}
