package io.streamforge.queues;

import io.streamforge.camel.kafka.KafkaRecord;
import java.util.List;

/** Reads telemetry from the shared topics. */
public final class TelemetryReader {
  private final QueueRule rule;
  private final String controlTopic;

  /** Reads under this rule; on the control topic only what says that it is telemetry. */
  public TelemetryReader(QueueRule rule, String controlTopic) {
    this.rule = rule;
    this.controlTopic = controlTopic;
  }

  /** The telemetry in a poll's records. */
  public TelemetryBatch read(List<KafkaRecord> records) {
    return TelemetryBatch.read(records, rule, controlTopic);
  }
}
