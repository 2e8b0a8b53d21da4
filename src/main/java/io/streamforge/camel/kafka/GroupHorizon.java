package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group has read certain topics: up to which moment everything that had been
 * written to them is committed, and how much is not. {@link #measure} looks, the rest tells what
 * was last seen.
 */
public final class GroupHorizon implements AutoCloseable {

  private static final int MOST_SAMPLES = 64;

  private final RenewedAdmin admin;
  private final String group;
  private final List<String> topics;
  private final Clock clock;
  private final Deque<Sample> unread = new ArrayDeque<>();
  private volatile Optional<Instant> readUntil = Optional.empty();
  private volatile long lag;

  /** Where the topics ended at a moment. */
  private record Sample(Instant at, Map<TopicPartition, Long> ends) {}

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   * @param timeout how long the broker has for each answer
   */
  public GroupHorizon(
      Map<String, Object> clientProperties,
      String group,
      Collection<String> topics,
      Duration timeout,
      Clock clock) {
    this.admin = new RenewedAdmin(AdminClients.withTimeout(clientProperties, timeout));
    this.group = requireNonNull(group, "group is null");
    this.topics = List.copyOf(topics);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * The group has committed every record that was written before this moment; it never goes back.
   * Empty until that was so for the first time.
   */
  public Optional<Instant> readUntil() {
    return readUntil;
  }

  /** How many records the group had not committed when last measured. */
  public long lag() {
    return lag;
  }

  /**
   * Asks the broker where the topics end and what the group has committed. A topic that does not
   * exist yet counts as empty.
   *
   * @throws ExecutionException if the broker does not answer in time; what was known stays
   */
  public synchronized void measure() throws InterruptedException, ExecutionException {
    Instant now = clock.instant();
    GroupProgress progress = GroupProgress.of(admin, group, topics);
    lag = progress.lag();
    addSample(new Sample(now, progress.ends()));
    while (!unread.isEmpty() && progress.covers(unread.getFirst().ends())) {
      readUntil = Optional.of(unread.removeFirst().at());
    }
  }

  // A group that stays behind for long needs few moments to catch up with, not all of them.
  private void addSample(Sample sample) {
    unread.addLast(sample);
    if (unread.size() > MOST_SAMPLES) {
      boolean keep = true;
      for (Iterator<Sample> samples = unread.iterator(); samples.hasNext(); keep = !keep) {
        samples.next();
        if (!keep && samples.hasNext()) {
          samples.remove();
        }
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
