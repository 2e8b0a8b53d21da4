package io.streamforge.workers;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a worker does in one turn: its records are written first, then its telemetry, then the
 * progress is stored. Whoever repeats a turn writes the same again.
 */
record Turn(
    JobDocument next,
    List<ProducerRecord<String, byte[]>> records,
    List<ProducerRecord<String, byte[]>> telemetry) {
  Turn {
    records = List.copyOf(records);
    telemetry = List.copyOf(telemetry);
  }

  /** Whether the job has ended with this turn. */
  boolean over() {
    return next.progress().phase().isOver();
  }

  /** What is to be stored of the turn; an ended job is nobody's any more. */
  JobChange change(StoredJob job) {
    StoredJob changed =
        new StoredJob(
            job.name(),
            job.queueId(),
            job.version() + 1,
            over(),
            over() ? null : job.owner(),
            over() ? null : job.leaseUntil(),
            next.write());
    return new JobChange(job.version(), changed);
  }
}
