package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups of records with one wait for all acknowledgements, and tells which groups failed:
 * trouble with one topic does not fail what goes to others.
 */
public final class GroupedWriter implements AutoCloseable {
  private static final int LINGER_MS = 5;
  private static final int RECONNECT_PAUSE_MS = 1000;
  // The producer asks for the metadata of one new topic at a time, with this pause between.
  private static final int FIRST_RETRY_PAUSE_MS = 10;
  private static final int LONGEST_RETRY_PAUSE_MS = 1000;

  private final KafkaProducer<String, byte[]> producer;

  /** The patience ended before all records of the group were sent. */
  public static final class NotBegunException extends KafkaException {
    NotBegunException() {
      super("no time was left to send");
    }
  }

  /**
   * @param timeoutMs how long a record may take before it counts as failed
   */
  public GroupedWriter(KafkaConnection connection, int timeoutMs) {
    Map<String, Object> properties = new HashMap<>(connection.producerProperties());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs / 2);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs - LINGER_MS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, FIRST_RETRY_PAUSE_MS);
    properties.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, LONGEST_RETRY_PAUSE_MS);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_PAUSE_MS);
    producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Writes all records, those of a group in their order. Returns the groups of which not every
   * record is known to be written, with the reason; of these any may have been written.
   *
   * @param patience no send begins after it; what is left then fails with {@link NotBegunException}
   */
  public <G> Map<G, KafkaException> write(
      Map<G, List<ProducerRecord<String, byte[]>>> groups, Duration patience) {
    long start = System.nanoTime();
    Map<G, List<Future<RecordMetadata>>> sent = new LinkedHashMap<>();
    Map<G, KafkaException> failures = new LinkedHashMap<>();
    groups.forEach(
        (group, records) -> {
          List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
          sent.put(group, acknowledgements);
          for (ProducerRecord<String, byte[]> record : records) {
            if (System.nanoTime() - start > patience.toNanos()) {
              failures.put(group, new NotBegunException());
              return;
            }
            Future<RecordMetadata> acknowledgement = producer.send(record);
            acknowledgements.add(acknowledgement);
            // A topic without metadata fails each send, after a long wait.
            if (acknowledgement.isDone() && failure(acknowledgement) != null) {
              return;
            }
          }
        });
    sent.forEach(
        (group, acknowledgements) -> {
          for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            KafkaException failure = failure(acknowledgement);
            if (failure != null) {
              failures.putIfAbsent(group, failure);
            }
          }
        });
    return failures;
  }

  private static @Nullable KafkaException failure(Future<RecordMetadata> acknowledgement) {
    try {
      acknowledgement.get();
      return null;
    } catch (ExecutionException failure) {
      return failure.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptException(stopping);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
