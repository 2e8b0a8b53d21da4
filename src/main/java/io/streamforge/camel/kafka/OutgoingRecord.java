package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sent, with a key and a trace of its own; its other headers are those of the
 * message that carries the records.
 *
 * @param topic null for that of the endpoint
 * @param traceparent the trace that it belongs to, null when it belongs to none
 */
public record OutgoingRecord(
    @Nullable String topic, String key, String value, @Nullable String traceparent) {

  public OutgoingRecord {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
  }

  /** A record for the topic of the endpoint that belongs to no trace. */
  public OutgoingRecord(String key, String value) {
    this(null, key, value, null);
  }

  /** A record for the topic of the endpoint. */
  public OutgoingRecord(String key, String value, @Nullable String traceparent) {
    this(null, key, value, traceparent);
  }

  /**
   * The body that makes a Kafka producer with an {@link OutgoingRecordSerializer} send all records
   * at once and wait for all of them.
   */
  public static List<Message> messages(List<OutgoingRecord> records, CamelContext context) {
    return records.stream().map(outgoing -> outgoing.message(context)).toList();
  }

  private Message message(CamelContext context) {
    Message message = new DefaultMessage(context);
    message.setHeader(KafkaConstants.KEY, key);
    if (topic != null) {
      message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
    }
    message.setBody(this);
    return message;
  }
}
