package io.streamforge.queues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which version of which queue everybody has been told of, by us or by another process,
 * so that what was stored and not announced is found.
 */
public final class Announcer {
  private final int remembered;
  private final Map<String, Long> versions;

  /** Remembers that many queues, those that were announced last. */
  public Announcer(int remembered) {
    this.remembered = remembered;
    this.versions =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > Announcer.this.remembered;
          }
        };
  }

  /** What is still to be told of these queues. */
  public synchronized List<Announcement> due(List<QueueState> queues) {
    List<Announcement> announcements = new ArrayList<>();
    for (QueueState queue : queues) {
      announcements.addAll(Announcement.since(known(queue.id()), queue));
    }
    return announcements;
  }

  /** Takes note that these were told; tells whether the last of a queue was news. */
  public synchronized void told(List<Announcement> announcements) {
    announcements.forEach(told -> versions.merge(told.queueId(), told.version(), Math::max));
  }

  /** Whether a version of a queue is older than one that was told. */
  public synchronized boolean isStale(String queueId, long version) {
    return version < known(queueId);
  }

  /** The ids of those queues whose stored version nobody has been told of. */
  public synchronized List<String> unannounced(List<OpenQueue> queues) {
    return queues.stream()
        .filter(queue -> queue.version() > known(queue.id()))
        .map(OpenQueue::id)
        .toList();
  }

  private long known(String queueId) {
    return versions.getOrDefault(queueId, 0L);
  }
}
