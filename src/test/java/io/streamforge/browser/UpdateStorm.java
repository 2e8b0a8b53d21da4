package io.streamforge.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * News of many queues, announced at a steady rate: what the topic says is what the page is told.
 */
final class UpdateStorm implements AutoCloseable {
  private static final int PAUSE_MS = 20;
  private static final int EACH_LISTED = 5;
  private static final int EACH_STEP = 7;

  private final KafkaProducer<String, byte[]> producer =
      Records.producer(TestBroker.bootstrapServers());
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private final Random random = new Random(1);
  private final String topic;
  private final List<String> all;
  private final List<String> listed;
  private long version = 1_000;

  /**
   * Begins.
   *
   * @param listed the queues on the page that is looked at, which get every fifth update
   */
  UpdateStorm(String topic, List<String> all, List<String> listed, int perSecond) {
    this.topic = topic;
    this.all = all;
    this.listed = listed;
    int each = perSecond * PAUSE_MS / 1_000;
    var unused = turns.scheduleAtFixedRate(() -> send(each), 0, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      version++;
      List<String> from = version % EACH_LISTED == 0 ? listed : all;
      String queue = from.get(random.nextInt(from.size()));
      var unused = producer.send(new ProducerRecord<>(topic, queue, update(queue).getBytes(UTF_8)));
    }
  }

  private String update(String queue) {
    boolean step = version % EACH_STEP == 0;
    return """
        {"kind":"%s","queue_id":"%s","version":%d,"status":"loading","step":%s,
         "records_written":%d,"at":"%s","message":"%d records"}"""
        .formatted(
            step ? "state" : "progress",
            queue,
            version,
            step ? "1" : "null",
            version,
            Instant.now(),
            version);
  }

  @Override
  public void close() {
    turns.shutdownNow();
    producer.close();
  }
}
