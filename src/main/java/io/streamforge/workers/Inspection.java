package io.streamforge.workers;

import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobReport;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the stored jobs show. */
public final class Inspection {
  private Inspection() {}

  /** The queues that jobs belong to. */
  public static List<String> queueIds(List<JobRef> refs) {
    return refs.stream().map(JobRef::queueId).distinct().toList();
  }

  /** A report of each job asked for, in their order, from the stored jobs of their queues. */
  public static List<JobReport> of(List<JobRef> refs, List<StoredJob> stored) {
    Map<String, StoredJob> byName = byName(stored);
    return refs.stream().map(ref -> report(ref, byName.get(ref.jobName()))).toList();
  }

  static Map<String, StoredJob> byName(List<StoredJob> stored) {
    return stored.stream().collect(Collectors.toMap(StoredJob::name, Function.identity()));
  }

  private static JobReport report(JobRef ref, @Nullable StoredJob job) {
    if (job == null) {
      return new JobReport(ref, JobPhase.GONE, 0, null, null);
    }
    Progress progress = JobDocument.read(job.document()).progress();
    if (job.over() && progress.deleteRequested()) {
      return new JobReport(ref, JobPhase.GONE, progress.attempts(), null, null);
    }
    boolean failed = progress.phase() == JobPhase.FAILED;
    return new JobReport(
        ref,
        progress.phase(),
        progress.attempts(),
        progress.reason(),
        failed ? String.join("\n", progress.log()) : null);
  }
}
