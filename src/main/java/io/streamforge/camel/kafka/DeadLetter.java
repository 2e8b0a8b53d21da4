package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * A record that cannot be processed, and why; it goes to the topic of the record's name and {@link
 * #SUFFIX}.
 *
 * @param error what is wrong with it, fit to show to an operator
 * @param attempts how often it was tried, at least once
 */
public record DeadLetter(KafkaRecord record, String error, int attempts) {

  public static final String SUFFIX = ".dlq";

  public DeadLetter {
    requireNonNull(record, "record is null");
    requireNonNull(error, "error is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
  }

  /** The topic the letter goes to. */
  public String topic() {
    return record.topic() + SUFFIX;
  }

  /**
   * Turns a message whose body is a dead letter into what a producer of camel-kafka sends: key,
   * value and headers of the record, the {@code dlq.*} headers, and the topic.
   */
  public static void address(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    DeadLetter letter = message.getMandatoryBody(DeadLetter.class);
    KafkaRecord record = letter.record();
    message.removeHeaders("*");
    record
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("kafka.") && !name.startsWith("Camel")) {
                message.setHeader(name, value);
              }
            });
    message.setHeader("dlq.topic", record.topic());
    message.setHeader("dlq.partition", Integer.toString(record.partition().partition()));
    message.setHeader("dlq.offset", Long.toString(record.offset()));
    message.setHeader("dlq.error", letter.error());
    message.setHeader("dlq.attempts", Integer.toString(letter.attempts()));
    message.setHeader(KafkaConstants.OVERRIDE_TOPIC, letter.topic());
    Object key = record.headers().get(KafkaConstants.KEY);
    if (key != null) {
      message.setHeader(KafkaConstants.KEY, key);
    }
    message.setBody(record.value());
  }
}
