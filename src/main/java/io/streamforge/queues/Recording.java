package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private final Map<String, Ruled> ruled = new LinkedHashMap<>();
  private final Map<String, Long> versionsBefore = new HashMap<>();
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
    pending.forEach(
        (shortId, sightings) -> {
          if (!byShortId.containsKey(shortId)) {
            strays.put(shortId, sightings.size());
          }
        });
    // Queues know nothing of each other, so that each can be ruled on by itself.
    List<Ruled> outcomes =
        loaded.parallelStream()
            .map(stored -> rule(stored, pending.getOrDefault(stored.shortId(), List.of())))
            .toList();
    ruled.clear();
    for (Ruled outcome : outcomes) {
      failures.putAll(outcome.failures());
      if (outcome.next() != null) {
        ruled.put(outcome.next().id(), outcome);
        strays.put(outcome.next().id(), outcome.unattributed());
      }
    }
    return outcomes.stream().map(Ruled::change).filter(Objects::nonNull).toList();
  }

  /**
   * What sightings mean for a queue.
   *
   * @param next the state after them; null when the queue cannot be read
   * @param change what is to be written, null when nothing changed
   * @param unattributed how many belong to no step
   */
  private record Ruled(
      @Nullable QueueState before,
      @Nullable QueueState next,
      @Nullable QueueChange change,
      int unattributed,
      Map<Sighting, String> failures) {}

  private Ruled rule(StoredQueue stored, List<Sighting> sightings) {
    try {
      return rule(QueueJson.read(stored.document()), sightings, Map.of());
    } catch (RuntimeException e) {
      if (!settingAside) {
        throw e;
      }
      return ruleOnSound(stored, sightings);
    }
  }

  private Ruled rule(QueueState queue, List<Sighting> sightings, Map<Sighting, String> setAside) {
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
    QueueChange change =
        next == queue ? null : new QueueChange(queue.version(), QueueJson.stored(next, null));
    return new Ruled(queue, next, change, unattributed, setAside);
  }

  /** Takes one sighting after the other, and leaves out those that cannot be taken. */
  private Ruled ruleOnSound(StoredQueue stored, List<Sighting> sightings) {
    Map<Sighting, String> setAside = new HashMap<>();
    QueueState queue;
    try {
      queue = QueueJson.read(stored.document());
    } catch (RuntimeException e) {
      LOG.error("{}: {} messages are set aside: {}", stored.id(), sightings.size(), e.getMessage());
      sightings.forEach(sighting -> setAside.put(sighting, String.valueOf(e.getMessage())));
      return new Ruled(null, null, null, 0, setAside);
    }
    QueueState state = queue;
    List<Sighting> sound = new ArrayList<>();
    for (Sighting sighting : sightings) {
      try {
        Observation observation = sighting.on(state);
        state = observation == null ? state : rule.apply(state, List.of(observation));
        sound.add(sighting);
      } catch (RuntimeException e) {
        LOG.error("{} {} cannot be taken in", stored.id(), sighting, e);
        setAside.put(sighting, String.valueOf(e.getMessage()));
      }
    }
    return rule(queue, sound, setAside);
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
        (id, outcome) -> {
          QueueState before = requireNonNull(outcome.before());
          QueueState next = requireNonNull(outcome.next());
          versionsBefore.put(id, before.version());
          if (!lost.contains(id)) {
            recorded.put(id, next);
            if (isRestless(before, next)) {
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
    return versionsBefore.getOrDefault(queueId, Long.MAX_VALUE);
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
