package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.queues.Observation.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The telemetry of one poll: what is to be recorded, and which records nobody can read. */
public final class TelemetryBatch {
  private final Recording recording;
  private final List<DeadLetter> unreadable = new ArrayList<>();
  private final List<TelemetryMessage> heard = new ArrayList<>();
  private int strays;

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
        unreadable.add(new DeadLetter(record, reason(e), record.attempt()));
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

  private static String reason(IOException e) {
    String text =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return "not telemetry: " + text;
  }

  /** What is to be brought into the store. */
  public Recording recording() {
    return recording;
  }

  /** The records that go to the dead letters. */
  public List<DeadLetter> unreadable() {
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
