package io.streamforge.queues;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Cursor;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.kafka.BuriedLetter;
import io.streamforge.camel.kafka.NewestFirst;
import io.streamforge.camel.kafka.NewestFirst.Item;
import io.streamforge.camel.kafka.NewestFirst.Page;
import io.streamforge.camel.kafka.StretchReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Pages of the dead letters of our topics. */
public final class DeadLetterList {
  // Each partition by the number of its topic, and up to where it is left: 0-0:17,1-0:2003
  private static final String PLACES = "\\d{1,2}-\\d{1,9}:\\d{1,18}(,\\d{1,2}-\\d{1,9}:\\d{1,18})*";

  private final Supplier<StretchReader> readers;
  private final List<String> topics;
  private final LetterView views;

  /**
   * @param readers makes a reader for each question
   * @param topics those of the dead letters
   */
  public DeadLetterList(Supplier<StretchReader> readers, List<String> topics, Masking masking) {
    this.readers = requireNonNull(readers, "readers is null");
    this.topics = List.copyOf(topics);
    this.views = new LetterView(masking);
  }

  /**
   * The answer to a request: a page, the newest first, and the cursor of the next one.
   *
   * @throws Refusal 422 when the topic is not one of ours, or the cursor not one that a page gave
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  public ObjectNode answer(@Nullable String topic, int limit, @Nullable String cursor) {
    List<String> asked = topic == null ? topics : List.of(own(topic));
    Map<TopicPartition, Long> before = cursor == null ? Map.of() : places(cursor);
    try (StretchReader reader = readers.get()) {
      List<TopicPartition> partitions =
          asked.stream().flatMap(name -> reader.partitions(name).stream()).toList();
      Page<ObjectNode> page =
          new NewestFirst(reader, limit)
              .page(partitions, before, record -> views.of(new BuriedLetter(record)));
      return answer(page, LetterMarks.read(reader, asked));
    }
  }

  private ObjectNode answer(Page<ObjectNode> page, LetterMarks marks) {
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Dead letters fetched");
    ArrayNode data = answer.putArray("data");
    for (Item<ObjectNode> letter : page.items()) {
      LetterView.mark(letter.view(), marks.of(letter.view().path("id").asText(), letter.at()));
      data.add(letter.view());
    }
    answer.putObject("page").put("next", page.last() ? null : cursor(page));
    return answer;
  }

  /** The {@code Link} header that names the next page: the same request with its cursor. */
  public String link(Map<String, Object> headers, ObjectNode answer) {
    return Cursor.link(
        "/dead-letters",
        List.of("topic", "limit"),
        headers,
        answer.path("page").path("next").asText());
  }

  private String own(String topic) {
    if (!topics.contains(topic)) {
      throw Refusal.of(List.of(new Fault("topic", "must be one of " + String.join(", ", topics))));
    }
    return topic;
  }

  private String cursor(Page<ObjectNode> page) {
    String places =
        page.next().entrySet().stream()
            .map(
                next ->
                    "%d-%d:%d"
                        .formatted(
                            topics.indexOf(next.getKey().topic()),
                            next.getKey().partition(),
                            next.getValue()))
            .sorted()
            .collect(joining(","));
    List<Item<ObjectNode>> items = page.items();
    Instant last = items.isEmpty() ? Instant.EPOCH : items.get(items.size() - 1).at();
    return new Cursor(last, places).text();
  }

  private Map<TopicPartition, Long> places(String cursor) {
    Map<TopicPartition, Long> places = new HashMap<>();
    for (String place : Cursor.read(cursor, PLACES).id().split(",", -1)) {
      String[] parts = place.split("[-:]", -1);
      int topic = Integer.parseInt(parts[0]);
      if (topic < topics.size()) {
        places.put(
            new TopicPartition(topics.get(topic), Integer.parseInt(parts[1])),
            Long.parseLong(parts[2]));
      }
    }
    return places;
  }
}
