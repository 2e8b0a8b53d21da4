package io.streamforge.queues;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observations on their way into the store: load the queues of {@link #shortIds}, take what {@link
 * #changes} gives to the store, tell {@link #settle} which of them lost the compare-and-set, and
 * begin again while {@link #isPending}.
 *
 * <p>Not for several threads at once.
 *
 * <p>A sighting that the rule cannot take, or whose queue cannot be read, ends the recording with
 * its exception; one that is {@link #settingAside} keeps it among its {@link #failures} and goes on
 * with the others.
 */
public final class Recording {
  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  /** After so many lost races something other than bad luck is at work. */
  private static final int ROUNDS = 50;

  private final QueueRule rule;
  private final boolean settingAside;
  private final Map<Sighting, String> failures = new LinkedHashMap<>();
  private final Map<String, Integer> strays = new HashMap<>();
  private final Map<String, List<Sighting>> pending = new LinkedHashMap<>();
  private final Map<String, QueueState> ruled = new LinkedHashMap<>();
  private final Map<String, QueueState> before = new LinkedHashMap<>();
  private final Map<String, QueueState> recorded = new LinkedHashMap<>();
  private final List<String> restless = new ArrayList<>();
  private int rounds;

  Recording(QueueRule rule) {
    this(rule, false);
  }

  private Recording(QueueRule rule, boolean settingAside) {
    this.rule = rule;
    this.settingAside = settingAside;
  }

  /** A recording that what others send cannot bring to an end. */
  static Recording settingAside(QueueRule rule) {
    return new Recording(rule, true);
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
            strays.put(shortId, sightings.size());
          }
          for (StoredQueue stored : queues) {
            try {
              apply(stored, sightings, changes);
            } catch (RuntimeException e) {
              if (!settingAside) {
                throw e;
              }
              apply(stored, sound(stored, sightings), changes);
            }
          }
        });
    return changes;
  }

  /** Those that can be taken; the others are kept as failures. */
  private List<Sighting> sound(StoredQueue stored, List<Sighting> sightings) {
    QueueState queue;
    try {
      queue = QueueJson.read(stored.document());
    } catch (RuntimeException e) {
      sightings.forEach(sighting -> fail(sighting, stored, e));
      return List.of();
    }
    List<Sighting> sound = new ArrayList<>();
    for (Sighting sighting : sightings) {
      try {
        Observation observation = sighting.on(queue);
        queue = observation == null ? queue : rule.apply(queue, List.of(observation));
        sound.add(sighting);
      } catch (RuntimeException e) {
        fail(sighting, stored, e);
      }
    }
    return sound;
  }

  private void fail(Sighting sighting, StoredQueue stored, RuntimeException reason) {
    LOG.error("{} {} cannot be taken in", stored.id(), sighting, reason);
    failures.put(sighting, String.valueOf(reason.getMessage()));
  }

  private void apply(StoredQueue stored, List<Sighting> sightings, List<QueueChange> changes) {
    if (sightings.isEmpty()) {
      return;
    }
    QueueState queue = QueueJson.read(stored.document());
    List<Observation> observations = new ArrayList<>(sightings.size());
    int unattributed = 0;
    for (Sighting sighting : sightings) {
      Observation observation = sighting.on(queue);
      if (observation != null) {
        observations.add(observation);
        unattributed += observation instanceof Observation.Unattributed ? 1 : 0;
      }
    }
    QueueState next = rule.apply(queue, observations);
    strays.put(next.id(), unattributed);
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
    return strays.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The sightings that were set aside, and why. */
  Map<Sighting, String> failures() {
    return Map.copyOf(failures);
  }
}
