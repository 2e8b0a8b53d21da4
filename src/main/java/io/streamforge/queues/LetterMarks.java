package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.camel.kafka.StretchReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Which dead letters were sent again, as the topics of marks tell; of each partition the newest
 * {@value #MOST} marks count.
 */
public final class LetterMarks {
  /** What the topic of marks is called, after that of the letters. */
  public static final String SUFFIX = ".resent";

  static final int MOST = 10_000;

  private final Map<Place, LetterMark> marks = new HashMap<>();

  /** A letter: in a topic that was made anew another one has its id. */
  private record Place(String id, Instant at) {}

  private LetterMarks() {}

  /** Reads the marks on the letters of these topics. */
  static LetterMarks read(StretchReader reader, List<String> letterTopics) {
    LetterMarks read = new LetterMarks();
    for (String topic : letterTopics) {
      List<TopicPartition> partitions = reader.partitions(topic + SUFFIX);
      Map<TopicPartition, Long> begins = reader.beginnings(partitions);
      reader
          .ends(partitions)
          .forEach(
              (partition, end) -> {
                long from = Math.max(begins.getOrDefault(partition, 0L), end - MOST);
                reader.read(
                    partition,
                    from,
                    end,
                    record -> {
                      if (record.key() != null && record.value() != null) {
                        String id = new String(record.key(), UTF_8);
                        LetterMark.read(record.value())
                            .ifPresent(
                                mark ->
                                    read.marks.putIfAbsent(new Place(id, mark.letterAt()), mark));
                      }
                    });
              });
    }
    return read;
  }

  /** The mark on the letter with that id, which was buried then. */
  Optional<LetterMark> of(String id, Instant letterAt) {
    return Optional.ofNullable(marks.get(new Place(id, letterAt)));
  }
}
