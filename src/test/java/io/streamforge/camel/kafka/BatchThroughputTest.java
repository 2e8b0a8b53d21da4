package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many records a second one batching route parses and commits, after warming up. */
@Tag("benchmark")
class BatchThroughputTest {

  private static final int RECORDS = 500_000;
  private static final int WARM = 200_000;

  private final String topic = TestBroker.uniqueName("throughput");

  @Test
  void one_partition_in_batches() throws Exception {
    try (KafkaProducer<String, byte[]> producer = Records.producer(TestBroker.bootstrapServers())) {
      for (int i = 0; i < RECORDS; i++) {
        String value =
            "{\"queue_id\":\"b927fa13-3b22-4d44-bc81-1f902a222eee\",\"status\":\"loading\",\"records_written\":%d}"
                .formatted(i);
        Future<?> unused = producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
      }
    }
    CountingStore store = new CountingStore();
    try (BatchService service = BatchService.start(TestBroker.bootstrapServers(), topic, store)) {
      await().atMost(Duration.ofMinutes(2)).until(() -> store.count.get() >= RECORDS);
    }
    long rate = (RECORDS - WARM) * 1_000_000_000L / (store.finished - store.warmed);
    System.out.printf("batching route, one partition: %,d records/s%n", rate);
    assertThat(store.count).hasValue(RECORDS);
  }

  /** Parses each record and keeps nothing. */
  public static final class CountingStore {
    private final ObjectMapper mapper = new ObjectMapper();
    private final AtomicLong count = new AtomicLong();
    private volatile long warmed;
    private volatile long finished;

    public List<DeadLetter> store(List<KafkaRecord> records) throws IOException {
      for (KafkaRecord record : records) {
        mapper.readTree(record.value());
      }
      long before = count.getAndAdd(records.size());
      if (before < WARM) {
        warmed = System.nanoTime();
      }
      finished = System.nanoTime();
      return List.of();
    }
  }
}
