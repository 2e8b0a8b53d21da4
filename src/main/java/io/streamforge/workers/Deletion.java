package io.streamforge.workers;

import io.streamforge.queues.JobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A deletion of jobs. Their records stay, so that a launch which comes late runs nothing; a worker
 * that lives is ended in its next turn by the process that runs it.
 *
 * @param unknown records of jobs that were never launched
 * @param changes of jobs that are not yet asked to go
 */
public record Deletion(List<StoredJob> unknown, List<JobChange> changes) {
  public Deletion {
    unknown = List.copyOf(unknown);
    changes = List.copyOf(changes);
  }

  /** What is to be stored to delete these jobs, given the stored jobs of their queues. */
  public static Deletion of(List<JobRef> refs, List<StoredJob> stored) {
    Map<String, StoredJob> byName = Inspection.byName(stored);
    List<StoredJob> unknown = new ArrayList<>();
    List<JobChange> changes = new ArrayList<>();
    for (JobRef ref : refs) {
      StoredJob job = byName.get(ref.jobName());
      if (job == null) {
        unknown.add(tombstone(ref));
        continue;
      }
      JobDocument document = JobDocument.read(job.document());
      if (!document.progress().deleteRequested()) {
        changes.add(change(job, document.with(document.progress().withDeleteRequested())));
      }
    }
    return new Deletion(unknown, changes);
  }

  private static StoredJob tombstone(JobRef ref) {
    JobDocument gone = new JobDocument(null, Progress.NONE.gone());
    return new StoredJob(ref.jobName(), ref.queueId(), 1, true, null, null, gone.write());
  }

  private static JobChange change(StoredJob job, JobDocument next) {
    return new JobChange(
        job.version(),
        new StoredJob(
            job.name(),
            job.queueId(),
            job.version() + 1,
            job.over(),
            job.owner(),
            job.leaseUntil(),
            next.write()));
  }
}
