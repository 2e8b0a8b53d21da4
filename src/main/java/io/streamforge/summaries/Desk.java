package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.summaries.SummaryEvent.Admitted;
import io.streamforge.summaries.SummaryEvent.Delivered;
import io.streamforge.summaries.SummaryEvent.Leading;
import io.streamforge.summaries.SummaryEvent.Located;
import io.streamforge.summaries.SummaryEvent.Placed;
import io.streamforge.summaries.SummaryEvent.Renewed;
import io.streamforge.summaries.SummaryEvent.Settled;
import io.streamforge.summaries.SummaryEvent.Taken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What this process does about requests: it signs what happens to them, and knows its own. */
public final class Desk {
  private final String owner;
  private final Map<String, AtomicLong> inHand = new ConcurrentHashMap<>();
  private final Set<String> queued = ConcurrentHashMap.newKeySet();
  private final Clock clock;

  /**
   * @param owner a name of this process that no other one has ever had
   */
  public Desk(String owner, Clock clock) {
    this.owner = requireNonNull(owner, "owner is null");
    this.clock = clock;
  }

  /** The time. */
  public Instant now() {
    return clock.instant();
  }

  /** The name of this process. */
  public String owner() {
    return owner;
  }

  /** Whether a request neither waits here already nor is worked on; it waits from then on. */
  public boolean isNew(String id) {
    return !inHand.containsKey(id) && queued.add(id);
  }

  /** Begins to work on a request. */
  public SummaryEvent begin(String id) {
    queued.remove(id);
    inHand.put(id, new AtomicLong(millis()));
    return new Taken(id, owner);
  }

  /** Ends to work on it. */
  public void end(String id) {
    inHand.remove(id);
  }

  /** What keeps the requests of this process from being taken up by others. */
  public List<SummaryEvent> renewals() {
    return inHand.keySet().stream().<SummaryEvent>map(id -> new Renewed(id, owner)).toList();
  }

  /** Whether it is time to show progress again: not more often than once in that many ms. */
  public boolean isProgressDue(String id, long period) {
    AtomicLong shown = inHand.get(id);
    long last = shown == null ? 0 : shown.get();
    return shown != null && millis() - last >= period && shown.compareAndSet(last, millis());
  }

  /** This process still works on it, unless another one does by now. */
  public SummaryEvent renewed(Summary summary) {
    return new Renewed(summary.id(), owner);
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  /**
   * Whether Mattermost is to be asked where the thread is: a permalink does not tell the channel,
   * and of a slash command the client of its user says thread and channel, which need not belong
   * together.
   */
  public boolean isToBeLocated(Summary summary) {
    return summary.thread().channelId().isEmpty() || summary.trigger() == Trigger.SLASH;
  }

  /**
   * The thread of a post is known.
   *
   * @param post as Mattermost tells it
   */
  public SummaryEvent located(Summary summary, JsonNode post) {
    String root = post.path("root_id").asText();
    ThreadPlace thread =
        new ThreadPlace(
            post.path("channel_id").asText(), root.isEmpty() ? post.path("id").asText() : root);
    return new Located(summary.id(), owner, thread);
  }

  /** The request keeps within the limits. */
  public SummaryEvent admitted(Summary summary) {
    return new Admitted(summary.id(), owner);
  }

  /** The thread is summarised for the request. */
  public SummaryEvent leading(Summary summary) {
    return new Leading(summary.id(), owner);
  }

  /** A post stands where the answer will be. */
  public SummaryEvent placed(Summary summary, Object post) {
    String postId = post instanceof Delivery.Part part ? part.postId() : post.toString();
    return new Placed(summary.id(), owner, requireNonNull(postId, "there is no post"));
  }

  /** It is known what to say, though that is no summary. */
  public SummaryEvent settled(Summary summary, Reply reply) {
    return new Settled(summary.id(), owner, reply, null);
  }

  /** It is known what to say. */
  public SummaryEvent settled(Summary summary, Reply reply, @Nullable Made made) {
    return new Settled(summary.id(), owner, reply, made);
  }

  /** The answer is that to a request over REST. */
  public SummaryEvent shown(Summary summary) {
    return new Delivered(summary.id(), owner, List.of());
  }

  /** The answer has arrived. */
  public SummaryEvent delivered(Summary summary, List<String> postIds) {
    return new Delivered(summary.id(), owner, postIds);
  }
}
