package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
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

  /** The header of a letter that was too large to be kept whole: how long its value was. */
  public static final String CUT = "dlq.cut";

  private static final int LONGEST_CUT = 65_536;
  private static final int LONGEST_CUT_KEY = 1024;

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
              if (!isCamels(name)) {
                message.setHeader(name, value);
              }
            });
    letter.sign(message);
    Object key = record.headers().get(KafkaConstants.KEY);
    if (key != null) {
      message.setHeader(KafkaConstants.KEY, key);
    }
    message.setBody(record.value());
  }

  /**
   * As {@link #address}, where the topic does not take a record as large as that: of the value only
   * the beginning, and nothing else of the record but a short key. The header {@link #CUT} tells
   * how many bytes the value had.
   */
  public static void addressCut(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    DeadLetter letter = message.getMandatoryBody(DeadLetter.class);
    byte[] value = letter.record().value();
    int length = value == null ? 0 : value.length;
    message.removeHeaders("*");
    letter.sign(message);
    message.setHeader(CUT, Integer.toString(length));
    Object key = letter.record().headers().get(KafkaConstants.KEY);
    if (key instanceof byte[] bytes && bytes.length <= LONGEST_CUT_KEY) {
      message.setHeader(KafkaConstants.KEY, bytes);
    }
    message.setBody(value == null ? null : Arrays.copyOf(value, Math.min(length, LONGEST_CUT)));
  }

  private void sign(Message message) {
    message.setHeader("dlq.topic", record.topic());
    message.setHeader("dlq.partition", Integer.toString(record.partition().partition()));
    message.setHeader("dlq.offset", Long.toString(record.offset()));
    message.setHeader("dlq.error", error);
    message.setHeader("dlq.attempts", Integer.toString(attempts));
    message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic());
  }

  /** Whether a header of that name tells camel-kafka something; it does not mind the case. */
  static boolean isCamels(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("kafka.") || name.startsWith("camel");
  }
}
