package io.streamforge.queues;

import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.queues.Observation.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The telemetry of one poll: what is to be recorded, and which records nobody can read. */
public final class TelemetryBatch {
  private final Recording recording;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final List<TelemetryMessage> heard = new ArrayList<>();
  private int strays;

  /** A record that is not telemetry though it should be, and why. */
  public record Unreadable(KafkaRecord record, String reason) {}

  private TelemetryBatch(Recording recording) {
    this.recording = recording;
  }

  /**
   * Reads a poll's records; on the control topic only those that say that they are telemetry count.
   */
  public static TelemetryBatch read(
      List<KafkaRecord> records, QueueRule rule, String controlTopic) {
    TelemetryBatch batch = new TelemetryBatch(new Recording(rule));
    for (KafkaRecord record : records) {
      batch.take(record, record.topic().equals(controlTopic));
    }
    return batch;
  }

  private void take(KafkaRecord record, boolean control) {
    TelemetryMessage message;
    byte[] value = record.value();
    try {
      message = TelemetryMessage.read(value == null ? new byte[0] : value);
    } catch (IOException e) {
      if (!control) {
        unreadable.add(new Unreadable(record, String.valueOf(e.getMessage())));
      }
      return;
    }
    if (control && !message.marked()) {
      return;
    }
    heard.add(message);
    String shortId = message.shortId();
    if (shortId == null) {
      strays++;
      return;
    }
    Origin origin = new Origin(record.partition().toString(), record.offset());
    recording.add(shortId, new TelemetrySighting(message, origin, record.timestamp()));
  }

  /** What is to be brought into the store. */
  public Recording recording() {
    return recording;
  }

  /** The records that go to the dead letters. */
  public List<Unreadable> unreadable() {
    return List.copyOf(unreadable);
  }

  /** The messages, for the meters. */
  public List<TelemetryMessage> heard() {
    return List.copyOf(heard);
  }

  /** How many messages belonged to no queue or step; final once all is recorded. */
  public int strays() {
    return strays + recording.strays();
  }
}
