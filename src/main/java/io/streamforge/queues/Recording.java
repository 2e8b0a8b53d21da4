package io.streamforge.queues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Observations on their way into the store: load the queues of {@link #shortIds}, take what {@link
 * #changes} gives to the store, tell {@link #settle} which of them lost the compare-and-set, and
 * begin again while {@link #isPending}.
 *
 * <p>Not for several threads at once.
 */
public final class Recording {
  /** After so many lost races something other than bad luck is at work. */
  private static final int ROUNDS = 50;

  private final QueueRule rule;
  private final Map<String, List<Sighting>> pending = new LinkedHashMap<>();
  private final Map<String, QueueState> ruled = new LinkedHashMap<>();
  private final Map<String, QueueState> before = new LinkedHashMap<>();
  private final Map<String, QueueState> recorded = new LinkedHashMap<>();
  private final List<String> restless = new ArrayList<>();
  private int strays;
  private int rounds;

  Recording(QueueRule rule) {
    this.rule = rule;
  }

  /** Adds a sighting of the queue with that short id. */
  Recording add(String shortId, Sighting sighting) {
    pending.computeIfAbsent(shortId, id -> new ArrayList<>()).add(sighting);
    return this;
  }

  /** Whether something still has to be brought into the store. */
  public boolean isPending() {
    return !pending.isEmpty();
  }

  /** The short ids of the queues that are to be loaded now. */
  public List<String> shortIds() {
    return List.copyOf(pending.keySet());
  }

  /**
   * Applies what is pending to the queues that were loaded; queues that do not exist are counted as
   * strays.
   */
  public List<QueueChange> changes(List<StoredQueue> loaded) {
    if (++rounds > ROUNDS) {
      throw new IllegalStateException(
          "lost "
              + ROUNDS
              + " races for "
              + pending.keySet()
              + " in the store; trying again later");
    }
    Map<String, List<StoredQueue>> byShortId =
        loaded.stream().collect(Collectors.groupingBy(StoredQueue::shortId));
    ruled.clear();
    List<QueueChange> changes = new ArrayList<>();
    pending.forEach(
        (shortId, sightings) -> {
          List<StoredQueue> queues = byShortId.getOrDefault(shortId, List.of());
          if (queues.isEmpty()) {
            strays += sightings.size();
          }
          for (StoredQueue stored : queues) {
            apply(stored, sightings, changes);
          }
        });
    return changes;
  }

  private void apply(StoredQueue stored, List<Sighting> sightings, List<QueueChange> changes) {
    QueueState queue = QueueJson.read(stored.document());
    List<Observation> observations = new ArrayList<>(sightings.size());
    for (Sighting sighting : sightings) {
      Observation observation = sighting.on(queue);
      if (observation != null) {
        observations.add(observation);
        strays += observation instanceof Observation.Unattributed ? 1 : 0;
      }
    }
    QueueState next = rule.apply(queue, observations);
    ruled.put(next.id(), next);
    before.put(next.id(), queue);
    if (next != queue) {
      changes.add(new QueueChange(queue.version(), QueueJson.stored(next, null)));
    }
  }

  /**
   * Takes note of what the store did with the changes: those of {@code lost} stay pending, all
   * others are recorded.
   */
  public void settle(List<String> lost) {
    Map<String, List<Sighting>> again =
        lost.stream()
            .map(id -> id.substring(0, StoredQueue.SHORT_ID_LENGTH))
            .distinct()
            .collect(Collectors.toMap(Function.identity(), pending::get));
    ruled.forEach(
        (id, queue) -> {
          if (!lost.contains(id)) {
            recorded.put(id, queue);
            if (isRestless(before.get(id), queue)) {
              restless.add(id);
            }
          }
        });
    pending.clear();
    pending.putAll(again);
  }

  /** Whether the change may let something else be due at once. */
  private static boolean isRestless(QueueState old, QueueState queue) {
    if (old.status() != queue.status()) {
      return true;
    }
    for (StepState step : queue.steps()) {
      StepState was = old.step(step.number());
      if (was.status() != step.status() || was.job().phase() != step.job().phase()) {
        return true;
      }
    }
    return false;
  }

  /** The queues as they now are in the store, those that nothing changed included. */
  public List<QueueState> recorded() {
    return List.copyOf(recorded.values());
  }

  /** The version that a recorded queue had before. */
  long versionBefore(String queueId) {
    QueueState old = before.get(queueId);
    return old == null ? Long.MAX_VALUE : old.version();
  }

  /** The ids of the queues that want to be looked after soon. */
  public List<String> restless() {
    return List.copyOf(restless);
  }

  /** How many sightings belonged to no known queue or to no step. */
  public int strays() {
    return strays;
  }
}
