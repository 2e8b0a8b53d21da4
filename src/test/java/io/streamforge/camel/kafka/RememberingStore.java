package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that can be away; refuses values that begin with "bad" for good. */
public final class RememberingStore {

  final List<String> values = new CopyOnWriteArrayList<>();
  final AtomicInteger refusals = new AtomicInteger();
  final AtomicInteger highestAttempt = new AtomicInteger();
  volatile boolean away;

  /** Stores the batch and returns what has to be buried. */
  public List<DeadLetter> store(List<KafkaRecord> records) throws IOException {
    if (away) {
      refusals.incrementAndGet();
      throw new IOException("the store is away");
    }
    List<DeadLetter> refused = new ArrayList<>();
    List<String> accepted = new ArrayList<>(records.size());
    for (KafkaRecord record : records) {
      String text = new String(record.value(), UTF_8);
      if (text.startsWith("bad")) {
        refused.add(new DeadLetter(record, "refused: " + text, record.attempt()));
      } else {
        accepted.add(text);
      }
      highestAttempt.accumulateAndGet(record.attempt(), Math::max);
    }
    values.addAll(accepted);
    return refused;
  }
}
