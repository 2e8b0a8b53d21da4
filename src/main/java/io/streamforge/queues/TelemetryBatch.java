package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.TelemetryMessage.StepName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The telemetry of one poll: what is to be recorded, and which records nobody can read. */
public final class TelemetryBatch {
  private final List<KafkaRecord> records;
  private final Recording recording;
  private final Map<TopicPartition, String> partitions = new HashMap<>();
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
    // To read JSON is most of the work, and each record can be read by itself.
    List<Reading> readings = records.parallelStream().map(Reading::of).toList();
    for (Reading reading : readings) {
      batch.take(reading, reading.record().topic().equals(controlTopic));
    }
    return batch;
  }

  private void take(Reading reading, boolean control) {
    TelemetryMessage message = reading.message();
    if (message == null) {
      if (!control) {
        KafkaRecord record = reading.record();
        unreadable.add(new DeadLetter(record, reading.fault(), record.attempt()));
      }
      return;
    }
    if (control && !message.marked()) {
      return;
    }
    heard.add(message);
    String shortId = message.shortId(reading.step());
    if (shortId == null) {
      strays++;
      return;
    }
    Origin origin = origin(reading.record());
    Instant recordTime = reading.record().timestamp();
    recording.add(shortId, new TelemetrySighting(message, reading.step(), origin, recordTime));
  }

  /** A record and what it says; the message is null when nobody can read it for the fault. */
  private record Reading(
      KafkaRecord record,
      @Nullable TelemetryMessage message,
      @Nullable StepName step,
      String fault) {

    static Reading of(KafkaRecord record) {
      byte[] value = record.value();
      try {
        TelemetryMessage message = TelemetryMessage.read(value == null ? new byte[0] : value);
        return new Reading(record, message, message.stepName(), "");
      } catch (IOException e) {
        return new Reading(record, null, null, reason(e));
      }
    }
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

  private Origin origin(KafkaRecord record) {
    String partition = partitions.computeIfAbsent(record.partition(), TopicPartition::toString);
    return new Origin(partition, record.offset());
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
