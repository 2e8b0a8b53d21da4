package io.streamforge.camel.kafka;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads several partitions page by page, the newest records first. However long they are, a page
 * reads little more of each than it may hold.
 */
public final class NewestFirst {
  // Each looks back twice as far as the one before: what compaction has emptied is passed quickly.
  private static final int MOST_LOOKS = 5;

  private final StretchReader reader;
  private final int limit;

  /**
   * What a page shows of a record.
   *
   * @param at when the record was written
   */
  public record Item<T>(TopicPartition partition, long offset, Instant at, T view) {}

  /**
   * A page.
   *
   * @param items the newest first by their times; those of a partition by their offsets
   * @param next the end of what is left of each partition, exclusive
   * @param last whether nothing is left; a page that is not the last may still be short, or empty
   */
  public record Page<T>(List<Item<T>> items, Map<TopicPartition, Long> next, boolean last) {
    public Page {
      items = List.copyOf(items);
      next = Map.copyOf(next);
    }
  }

  /** What was read of the end of a partition. */
  private record Tail<T>(Deque<Item<T>> newestFirst, long from, long begin) {}

  /** Pages of at most {@code limit} records. */
  public NewestFirst(StretchReader reader, int limit) {
    this.reader = requireNonNull(reader, "reader is null");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    this.limit = limit;
  }

  /**
   * Reads a page.
   *
   * @param before the {@code next} of the page before; a partition without an entry is read from
   *     its end
   * @param view what is kept of a record
   */
  public <T> Page<T> page(
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> before,
      Function<ConsumerRecord<byte[], byte[]>, T> view) {
    Map<TopicPartition, Long> begins = reader.beginnings(partitions);
    Map<TopicPartition, Long> ends = reader.ends(partitions);
    Map<TopicPartition, Tail<T>> tails = new LinkedHashMap<>();
    Map<TopicPartition, Long> next = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      long to = Math.min(end, before.getOrDefault(partition, end));
      next.put(partition, to);
      tails.put(partition, tail(partition, begins.getOrDefault(partition, 0L), to, view));
    }
    List<Item<T>> items = merge(tails, next);
    tails.forEach(
        (partition, tail) -> {
          if (tail.newestFirst().isEmpty()) {
            next.put(partition, tail.from());
          }
        });
    boolean last =
        tails.entrySet().stream()
            .allMatch(tail -> next.getOrDefault(tail.getKey(), 0L) <= tail.getValue().begin());
    return new Page<>(items, next, last);
  }

  private <T> Tail<T> tail(
      TopicPartition partition,
      long begin,
      long end,
      Function<ConsumerRecord<byte[], byte[]>, T> view) {
    Deque<Item<T>> newestFirst = new ArrayDeque<>();
    long from = end;
    long width = limit;
    for (int look = 0; look < MOST_LOOKS && from > begin && newestFirst.size() < limit; look++) {
      long start = Math.max(begin, from - width);
      Deque<Item<T>> stretch = new ArrayDeque<>();
      reader.read(
          partition,
          start,
          from,
          record -> {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            stretch.addFirst(new Item<>(partition, record.offset(), at, view.apply(record)));
          });
      newestFirst.addAll(stretch);
      from = start;
      width *= 2;
    }
    while (newestFirst.size() > limit) {
      newestFirst.removeLast();
      from = newestFirst.getLast().offset();
    }
    return new Tail<>(newestFirst, from, begin);
  }

  /** Takes the newest out of the tails, and notes up to where each was taken. */
  private <T> List<Item<T>> merge(
      Map<TopicPartition, Tail<T>> tails, Map<TopicPartition, Long> next) {
    List<Item<T>> items = new ArrayList<>(limit);
    while (items.size() < limit) {
      Item<T> newest =
          tails.values().stream()
              .filter(tail -> !tail.newestFirst().isEmpty())
              .map(tail -> tail.newestFirst().getFirst())
              .max(comparing(Item::at))
              .orElse(null);
      if (newest == null) {
        break;
      }
      items.add(newest);
      next.put(newest.partition(), newest.offset());
      requireNonNull(tails.get(newest.partition())).newestFirst().removeFirst();
    }
    return items;
  }
}
