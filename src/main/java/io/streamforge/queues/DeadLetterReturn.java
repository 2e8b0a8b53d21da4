package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.kafka.BuriedLetter;
import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.camel.kafka.StretchReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds dead letters that are to be sent again, and marks those that were. */
public final class DeadLetterReturn {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReturn.class);
  private static final Pattern ID = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

  private final Supplier<StretchReader> readers;
  private final List<String> topics;
  private final Clock clock;

  /** A letter that is there, and the mark on it if it was sent again before. */
  public record Found(BuriedLetter letter, Optional<LetterMark> mark) {
    /** Whether it was sent again before. */
    public boolean isResent() {
      return mark.isPresent();
    }
  }

  /**
   * @param readers makes a reader for each question
   * @param topics those of the dead letters
   */
  public DeadLetterReturn(Supplier<StretchReader> readers, List<String> topics, Clock clock) {
    this.readers = requireNonNull(readers, "readers is null");
    this.topics = List.copyOf(topics);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * The letter with that id.
   *
   * @throws Refusal 404 when it is not there, or no longer; 409 when it does not say where it came
   *     from, or is not whole
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  public Found find(String id) {
    Matcher place = ID.matcher(id);
    if (!place.matches() || !topics.contains(place.group(1))) {
      throw unknown();
    }
    TopicPartition partition = new TopicPartition(place.group(1), Integer.parseInt(place.group(2)));
    long offset = Long.parseLong(place.group(3));
    try (StretchReader reader = readers.get()) {
      if (!reader.partitions(partition.topic()).contains(partition)
          || offset >= reader.ends(List.of(partition)).getOrDefault(partition, 0L)) {
        throw unknown();
      }
      BuriedLetter letter =
          reader
              .first(partition, offset, offset + 1)
              .map(BuriedLetter::new)
              .orElseThrow(DeadLetterReturn::expired);
      checkWhole(letter);
      LetterMarks marks = LetterMarks.read(reader, List.of(partition.topic()));
      return new Found(letter, marks.of(letter.id(), letter.at()));
    }
  }

  private static void checkWhole(BuriedLetter letter) {
    if (letter.source().isEmpty()) {
      throw new Refusal(
          409, "The record does not say which topic it came from: it cannot be sent again");
    }
    if (letter.lengthBeforeCut().isPresent()) {
      throw new Refusal(
          409, "The message was too large to be kept whole: let its sender send it again");
    }
  }

  private static Refusal unknown() {
    return new Refusal(404, "No such dead letter: GET /dead-letters lists those there are");
  }

  private static Refusal expired() {
    return new Refusal(
        404,
        "The dead letter is no longer there: it has expired or was compacted away, and cannot be"
            + " sent again");
  }

  /**
   * The mark that says that the letter is sent again now.
   *
   * @param caller who asked for it, null where nobody was asked for a name
   */
  public LetterMark mark(BuriedLetter letter, @Nullable String caller) {
    String by = caller == null ? "anonymous" : caller;
    LOG.info("The dead letter {} was sent again; {} asked for it", letter.id(), by);
    return new LetterMark(letter.at(), clock.instant(), by);
  }

  /** The mark as it is kept. */
  public List<OutgoingRecord> record(BuriedLetter letter, LetterMark mark) {
    String topic = letter.record().topic() + LetterMarks.SUFFIX;
    return List.of(new OutgoingRecord(topic, letter.id(), mark.text(), null));
  }

  /** The answer when it was sent. */
  public ObjectNode sent(BuriedLetter letter, LetterMark mark) {
    return answer("Dead letter sent again", letter, mark);
  }

  /** The answer when it had been sent before. */
  public ObjectNode before(Found found) {
    return answer(
        "Dead letter was sent again before: nothing is sent now",
        found.letter(),
        found.mark().orElseThrow());
  }

  private static ObjectNode answer(String message, BuriedLetter letter, LetterMark mark) {
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", message);
    ObjectNode data = answer.putObject("data").put("id", letter.id());
    LetterView.mark(data, Optional.of(mark));
    return answer;
  }
}
