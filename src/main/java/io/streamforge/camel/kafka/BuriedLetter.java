package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** A {@link DeadLetter} as it lies in its topic, with all that is needed to send it again. */
public record BuriedLetter(ConsumerRecord<byte[], byte[]> record) {

  /**
   * The header of a record that was sent again: where it first lay, as {@code
   * <topic>-<partition>-<offset>}. It stays the same however often the record is sent.
   */
  public static final String FIRST_PLACE = "resent-from";

  private static final String OWN = "dlq.";
  private static final Pattern PLACE = Pattern.compile("[a-zA-Z0-9._-]{1,249}-\\d{1,10}-\\d{1,19}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  public BuriedLetter {
    requireNonNull(record, "record is null");
  }

  /** Where it lies: {@code <topic>-<partition>-<offset>}. */
  public String id() {
    return partition() + "-" + record.offset();
  }

  /** The partition it lies in. */
  public TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** When it was buried. */
  public Instant at() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /**
   * The topic it came from; empty when the record does not say that it came from the topic whose
   * dead letters lie here: it was written by somebody else then.
   */
  public Optional<String> source() {
    return header("dlq.topic").filter(topic -> record.topic().equals(topic + DeadLetter.SUFFIX));
  }

  /** The partition it came from. */
  public Optional<Long> sourcePartition() {
    return number("dlq.partition");
  }

  /** The offset it had there. */
  public Optional<Long> sourceOffset() {
    return number("dlq.offset");
  }

  /** How many bytes its value had, if it was too large to be kept whole. */
  public Optional<Long> lengthBeforeCut() {
    return number(DeadLetter.CUT);
  }

  /** What was wrong with it. */
  public Optional<String> error() {
    return header("dlq.error");
  }

  /** How often it was tried before it was buried. */
  public Optional<Long> attempts() {
    return number("dlq.attempts");
  }

  /** Where it first lay, if it came back after it had been sent again. */
  public Optional<String> firstPlace() {
    return header(FIRST_PLACE).flatMap(BuriedLetter::place);
  }

  /** The text when it names the place of a record. */
  public static Optional<String> place(String text) {
    return PLACE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private Optional<Long> number(String name) {
    return header(name).filter(text -> NUMBER.matcher(text).matches()).map(Long::valueOf);
  }

  private Optional<String> header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }

  /**
   * Turns a message whose body is a letter into what a producer of camel-kafka sends to the topic
   * that it came from: key, value and headers as they lie there, without the {@code dlq.*} headers
   * and with {@link #FIRST_PLACE}.
   *
   * @throws IllegalArgumentException if the letter does not say where it came from
   */
  public static void readdress(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    BuriedLetter letter = message.getMandatoryBody(BuriedLetter.class);
    String topic =
        letter
            .source()
            .orElseThrow(
                () -> new IllegalArgumentException(letter.id() + " does not say its topic"));
    message.removeHeaders("*");
    for (Header header : letter.record.headers()) {
      boolean ours = header.key().startsWith(OWN) || DeadLetter.isCamels(header.key());
      if (!ours && header.value() != null) {
        message.setHeader(header.key(), header.value());
      }
    }
    if (letter.firstPlace().isEmpty()) {
      String place =
          topic
              + "-"
              + letter.sourcePartition().orElse(0L)
              + "-"
              + letter.sourceOffset().orElse(0L);
      message.setHeader(FIRST_PLACE, place);
    }
    message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
    if (letter.record.key() != null) {
      message.setHeader(KafkaConstants.KEY, letter.record.key());
    }
    message.setBody(letter.record.value());
  }
}
