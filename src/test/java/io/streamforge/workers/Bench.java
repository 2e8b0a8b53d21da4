package io.streamforge.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.launchers.Jobs;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.QueueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics in memory, a clock, and workers that take their turns on them. */
final class Bench {
  static final WorkerPace PACE =
      new WorkerPace(100, 5, 300, "5m", Duration.ofSeconds(6), Duration.ofSeconds(1));

  final Jobs jobs = new Jobs("2024-06-01:2024-06-01");
  private final SyntheticWorker worker = new SyntheticWorker(PACE);
  private final Map<String, List<ConsumerRecord<String, byte[]>>> topics = new HashMap<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  static JobDocument launched(JobSpec spec) {
    return JobDocument.read(Launch.of(List.of(spec)).jobs().get(0).document());
  }

  /** One turn half a second later; what it writes is in the topics. */
  JobDocument turn(JobDocument job, String owner) {
    now = now.plusMillis(500);
    Turn turn =
        SyntheticWorker.starts(job, owner)
            ? worker.start(job, owner, ends(job), now)
            : worker.advance(job, new Heard(everything()), now);
    turn.records().forEach(this::write);
    turn.telemetry().forEach(this::write);
    return JobDocument.read(turn.next().write());
  }

  /** Turns until the job is over. */
  JobDocument finish(JobDocument job, String owner) {
    JobDocument current = job;
    for (int turns = 0; !current.progress().phase().isOver(); turns++) {
      if (turns > 1000) {
        throw new AssertionError("the job does not end: " + current);
      }
      current = turn(current, owner);
    }
    return current;
  }

  JobDocument turns(JobDocument job, String owner, int number) {
    JobDocument current = job;
    for (int turn = 0; turn < number; turn++) {
      current = turn(current, owner);
    }
    return current;
  }

  void say(String topic, String message) {
    write(new ProducerRecord<>(topic, message.getBytes(UTF_8)));
  }

  void stop(String queueId) {
    say("queue-control", "{\"command\":\"stop\",\"queue_id\":\"" + queueId + "\"}");
  }

  List<JsonNode> messages(String topic) {
    return of(topic).stream().map(record -> json(record.value())).toList();
  }

  /** Status and finished of each message of telemetry. */
  List<String> said() {
    return messages("queue-events").stream()
        .map(message -> message.get("status").asText() + " " + message.get("finished").asText())
        .toList();
  }

  /** What the workers of one target said, as status words. */
  List<String> said(String target) {
    return messages("queue-events").stream()
        .filter(message -> message.get("producer").asText().startsWith(target))
        .map(message -> message.get("status").asText())
        .toList();
  }

  JsonNode lastWord() {
    List<JsonNode> all = messages("queue-events");
    return all.get(all.size() - 1);
  }

  private void write(ProducerRecord<String, byte[]> record) {
    List<ConsumerRecord<String, byte[]>> topic = of(record.topic());
    topic.add(new ConsumerRecord<>(record.topic(), 0, topic.size(), record.key(), record.value()));
  }

  private List<ConsumerRecord<String, byte[]>> everything() {
    return topics.values().stream().flatMap(List::stream).toList();
  }

  private Map<String, List<Long>> ends(JobDocument job) {
    Map<String, List<Long>> ends = new HashMap<>();
    job.topics().forEach(topic -> ends.put(topic, List.of((long) of(topic).size())));
    return ends;
  }

  private List<ConsumerRecord<String, byte[]>> of(String topic) {
    return topics.computeIfAbsent(topic, name -> new ArrayList<>());
  }

  static JsonNode json(byte[] value) {
    try {
      return QueueJson.MAPPER.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
