package io.streamforge.queues;

import static java.util.Comparator.naturalOrder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which version of which queue everybody has been told of, by us or by another process,
 * so that what was stored and not announced is found.
 */
public final class Announcer {
  private static final Duration TIME_TO_TELL = Duration.ofSeconds(1);

  private final Map<String, Long> published;
  private final Map<String, Long> read;

  /**
   * The first change of status of a queue that we have sent, or tried to, and not seen accepted.
   */
  private final Map<String, Long> sent;

  private final Duration window;
  private Instant allTold;
  private final Clock clock;

  /**
   * @param remembered how many queues it remembers, those that were announced last
   * @param window how far it looks back from the moment up to which all is announced
   */
  public Announcer(int remembered, Duration window, Clock clock) {
    this.window = window;
    this.clock = clock;
    this.allTold = clock.instant();
    this.published = versions(remembered);
    this.read = versions(remembered);
    this.sent = versions(remembered);
  }

  private static Map<String, Long> versions(int remembered) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > remembered;
      }
    };
  }

  /** What is still to be told of these queues. */
  public synchronized List<Announcement> due(List<QueueState> queues) {
    List<Announcement> announcements = new ArrayList<>();
    for (QueueState queue : queues) {
      List<Announcement> due = Announcement.since(known(queue.id()), queue);
      due.stream()
          .filter(announcement -> announcement.kind().equals(Announcement.STATE))
          .findFirst()
          .ifPresent(first -> sent.put(first.queueId(), first.version()));
      announcements.addAll(due);
    }
    return announcements;
  }

  /** Takes note that these are in queue-updates. */
  public synchronized void told(List<Announcement> announcements) {
    announcements.forEach(told -> published.merge(told.queueId(), told.known(), Math::max));
  }

  /**
   * Takes note of what was read from queue-updates, in the order there; false when a newer version
   * of the queue stood before it. That we have published a newer one does not count: it stands
   * behind what is still to be read.
   *
   * <p>False too when a change of status that we have sent before it has not come: where a broker
   * goes away, the earlier of two records may be lost and the later one arrive. Both are announced
   * again, since the sending has failed.
   */
  public synchronized boolean isNews(Announcement told) {
    long seen = read.getOrDefault(told.queueId(), 0L);
    long missing = sent.getOrDefault(told.queueId(), 0L);
    if (told.version() < seen || (seen < missing && missing < told.version())) {
      return false;
    }
    read.merge(told.queueId(), told.known(), Math::max);
    told(List.of(told));
    return true;
  }

  /** From when on changes are looked for that nobody was told of, however long Kafka was away. */
  public synchronized Instant since() {
    return allTold.minus(window);
  }

  /**
   * The short ids of those queues whose stored version nobody has been told of, though whoever
   * stored it has had time to.
   */
  public synchronized List<String> unannounced(List<OpenQueue> queues) {
    Instant settled = clock.instant().minus(TIME_TO_TELL);
    List<OpenQueue> untold =
        queues.stream().filter(queue -> queue.version() > known(queue.id())).toList();
    Instant oldest = untold.stream().map(OpenQueue::updatedAt).min(naturalOrder()).orElse(settled);
    Instant reached = oldest.isBefore(settled) ? oldest : settled;
    allTold = reached.isAfter(allTold) ? reached : allTold;
    return untold.stream()
        .filter(queue -> queue.updatedAt().isBefore(settled))
        .map(queue -> QueueTender.shortId(queue.id()))
        .toList();
  }

  /**
   * The states of stored queues. Of one that cannot be read nobody can be told anything; to wait
   * for that would make it look back ever further.
   */
  public synchronized List<QueueState> read(List<StoredQueue> queues) {
    List<QueueState> states = QueueJson.readAll(queues);
    List<String> readable = states.stream().map(QueueState::id).toList();
    queues.stream()
        .filter(queue -> !readable.contains(queue.id()))
        .forEach(queue -> published.merge(queue.id(), queue.version(), Math::max));
    return states;
  }

  private long known(String queueId) {
    return published.getOrDefault(queueId, 0L);
  }
}
