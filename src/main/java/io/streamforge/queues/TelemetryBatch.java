package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.TelemetryMessage.StepName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The telemetry of one poll: what is to be recorded, and which records nobody can read. */
public final class TelemetryBatch {
  private final List<KafkaRecord> records;
  private final Recording recording;
  private final List<DeadLetter> unreadable = new ArrayList<>();
  private final List<TelemetryMessage> heard = new ArrayList<>();
  private int strays;

  private TelemetryBatch(List<KafkaRecord> records, Recording recording) {
    this.records = records;
    this.recording = recording;
  }

  /**
   * Reads a poll's records; on the control topic only those that say that they are telemetry count.
   */
  public static TelemetryBatch read(
      List<KafkaRecord> records, QueueRule rule, String controlTopic) {
    TelemetryBatch batch = new TelemetryBatch(records, Recording.settingAside(rule));
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
    StepName name = message.stepName();
    String shortId = message.shortId(name);
    if (shortId == null) {
      strays++;
      return;
    }
    recording.add(
        shortId, new TelemetrySighting(message, name, origin(record), record.timestamp()));
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

  /** The records that nobody can read or take in; all of them are known once all is recorded. */
  public List<DeadLetter> deadLetters() {
    Map<Sighting, String> failures = recording.failures();
    List<DeadLetter> letters = new ArrayList<>(unreadable);
    for (KafkaRecord record : failures.isEmpty() ? List.<KafkaRecord>of() : records) {
      failures.forEach(
          (sighting, reason) -> {
            if (sighting instanceof TelemetrySighting told
                && told.origin().equals(origin(record))) {
              letters.add(new DeadLetter(record, reason, record.attempt()));
            }
          });
    }
    return letters;
  }

  private static Origin origin(KafkaRecord record) {
    return new Origin(record.partition().toString(), record.offset());
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
