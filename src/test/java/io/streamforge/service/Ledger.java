package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the topics of a broker hold: what the queues in the store are measured against. */
public final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DATA_TOPIC = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4.*");
  private static final Set<String> LIVE = Set.of("asked", "created", "running");
  private static final Set<String> FINAL = Set.of("finished", "stopped", "error");

  /** What was said of one step: {@code <12 hex>-<number>}. */
  private static final class Account {
    private final List<String> workersWords = new ArrayList<>();
    private final Set<Long> marks = new HashSet<>();
    private int messages;
    private int marked;
    private long greatest;
  }

  /** The data records of one worker. */
  private static final class Stream {
    private long last = -1;
    private int stepsBack;
    private int repeated;
    private long highest = -1;
  }

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Stream> streams = new HashMap<>();

  /** Reads telemetry and all data from their beginnings to where they end now. */
  public static Ledger read(String bootstrapServers) {
    Ledger ledger = new Ledger();
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .filter(partition -> concerns(partition.topic()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(500)).forEach(ledger::enter);
      }
    }
    return ledger;
  }

  private static boolean concerns(String topic) {
    return topic.equals("queue-events")
        || topic.equals("queue-control")
        || DATA_TOPIC.matcher(topic).matches();
  }

  private void enter(ConsumerRecord<byte[], byte[]> record) {
    JsonNode value = parse(record.value());
    if (DATA_TOPIC.matcher(record.topic()).matches()) {
      enterData(value);
    } else if (record.topic().equals("queue-events")
        || value.path("type").asText().equals("telemetry")) {
      enterTelemetry(value);
    }
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void enterData(JsonNode value) {
    Stream stream = streams.computeIfAbsent(value.path("source").asText(), key -> new Stream());
    long number = value.path("number").asLong();
    stream.stepsBack += number <= stream.last ? 1 : 0;
    stream.repeated += number <= stream.highest ? 1 : 0;
    stream.last = number;
    stream.highest = Math.max(stream.highest, number);
  }

  private void enterTelemetry(JsonNode value) {
    String source = value.path("producer").asText();
    String step = source.substring(source.lastIndexOf("__") + 2);
    Account account = accounts.computeIfAbsent(step, key -> new Account());
    account.messages++;
    account.greatest = Math.max(account.greatest, value.path("records_written").asLong());
    if (value.path("synthetic").asBoolean()) {
      account.workersWords.add(value.path("status").asText());
    }
    if (value.has("mark")) {
      account.marked++;
      account.marks.add(value.path("mark").asLong());
    }
  }

  private Account account(JsonNode queue, JsonNode step) {
    return accounts.getOrDefault(
        queue.path("id").asText().replace("-", "").substring(0, 12)
            + "-"
            + step.path("number").asInt(),
        new Account());
  }

  /** How many messages the workers of a queue have sent. */
  public int messages(JsonNode queue) {
    int messages = 0;
    for (JsonNode step : queue.path("steps")) {
      messages += account(queue, step).messages;
    }
    return messages;
  }

  /** How many messages with a mark the topics hold, and how many different marks. */
  List<Integer> marks() {
    Set<Long> distinct = new HashSet<>();
    int marked = 0;
    for (Account account : accounts.values()) {
      distinct.addAll(account.marks);
      marked += account.marked;
    }
    return List.of(marked, distinct.size());
  }

  /** How many data records were written again by workers that were started anew. */
  int repeated(JsonNode queue) {
    int repeated = 0;
    for (JsonNode step : queue.path("steps")) {
      Stream stream = streams.get(step.path("telemetry_id").asText());
      repeated += stream == null ? 0 : stream.repeated;
    }
    return repeated;
  }

  /** Whether nobody has to look after a queue any more. */
  public static boolean isClosed(JsonNode queue) {
    if (!FINAL.contains(queue.path("status").asText())) {
      return false;
    }
    for (JsonNode step : queue.path("steps")) {
      if (!FINAL.contains(step.path("status").asText())
          || LIVE.contains(step.path("job").path("phase").asText())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that a closed queue is what the topics say.
   *
   * @param deaths how many processes have died at the most while it was open
   * @param repeatedTurns how many turns the log says were taken again
   */
  public void audit(JsonNode queue, int deaths, int repeatedTurns) {
    String name = queue.path("id").asText();
    assertThat(queue.path("telemetry_messages").asInt())
        .as("messages counted of those sent by the workers of " + name)
        .isEqualTo(messages(queue));
    for (JsonNode step : queue.path("steps")) {
      Account account = account(queue, step);
      String worker = step.path("telemetry_id").asText();
      int attempts = step.path("job").path("attempts").asInt();
      assertThat(step.path("records_written").asLong())
          .as("the greatest number reported by " + worker)
          .isEqualTo(account.greatest);
      assertThat(attempts).as("workers started of " + worker).isBetween(0, deaths + 1);
      assertThat(account.workersWords.stream().filter("started"::equals).count())
          .as("starts said by " + worker)
          .isLessThanOrEqualTo(Math.max(1, attempts) + repeatedTurns);
      int end = account.workersWords.indexOf("finished");
      if (end >= 0) {
        assertThat(account.workersWords.subList(end, account.workersWords.size()))
            .as("what " + worker + " said after its end")
            .doesNotContain("started", "loading");
      }
      Stream stream = streams.get(worker);
      if (stream != null) {
        assertThat(stream.stepsBack)
            .as("how often the data of " + worker + " began again, which two live workers would")
            .isLessThanOrEqualTo(Math.max(0, attempts - 1) + repeatedTurns);
      }
    }
  }
}
