package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Rounds of catching up, as routes run them. */
public final class CatchUps {
  /** A server that wants more rest than that gets it by waiting for the next round. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final MattermostRequests requests;
  private final MattermostAccount account;
  private final ServerClock clock;
  private final HeardPosts heard;
  private final Duration longestBack;
  private final Duration overlap;
  private final BiFunction<String, Long, ?> positions;
  private volatile long notBefore = System.nanoTime();

  /**
   * @param longestBack how far back the first round looks
   * @param overlap how far before its position each later round looks
   * @param positions makes what the store keeps of a position's name and its milliseconds
   */
  public CatchUps(
      MattermostRequests requests,
      MattermostAccount account,
      ServerClock clock,
      HeardPosts heard,
      Duration longestBack,
      Duration overlap,
      BiFunction<String, Long, ?> positions) {
    this.requests = requests;
    this.account = account;
    this.clock = clock;
    this.heard = heard;
    this.longestBack = longestBack;
    this.overlap = overlap;
    this.positions = positions;
  }

  /** One round, of which only this class knows more. */
  public record Round(CatchUp steps) {
    /** Whether there is a request to make. */
    public boolean isUnfinished() {
      return steps.unfinished();
    }

    /** The next request. */
    public MattermostRequest getRequest() {
      return steps.request();
    }
  }

  /** Whether the server lets us ask again already. */
  public boolean allowed() {
    return System.nanoTime() - notBefore >= 0;
  }

  /** The name under which the position is kept: each account reads for itself. */
  public String positionName() throws MattermostAwayException {
    return "mattermost-" + account.known().id();
  }

  /**
   * A new round.
   *
   * @param position up to where was read; null on the first start
   */
  public Round begin(@Nullable Long position) {
    OptionalLong from = position == null ? OptionalLong.empty() : OptionalLong.of(position);
    long now = clock.instant().toEpochMilli();
    return new Round(new CatchUp(requests, from, now, longestBack, overlap));
  }

  /** The posts that the answer brings and that were not heard before. */
  public List<MissedPost> take(Round round, JsonNode answer) {
    return round.steps().take(answer).stream().filter(post -> !heard.contains(post.id())).toList();
  }

  /** A post was not taken in; the others go on. */
  public void missed(Round round, MissedPost post, Throwable reason) {
    round.steps().missed(post, reason);
  }

  /**
   * How many milliseconds to wait before the same request is made again.
   *
   * @throws MattermostAwayException itself, when the server does not say how long, or too long
   */
  public long rest(MattermostAwayException away) throws MattermostAwayException {
    Duration wait = away.retryAfter().orElse(Duration.ZERO);
    notBefore = System.nanoTime() + wait.toNanos();
    if (wait.isZero() || wait.compareTo(LONGEST_WAIT) > 0) {
      throw away;
    }
    return wait.toMillis();
  }

  /** Up to where the round has read, as the store keeps it. */
  public Object position(Round round) throws MattermostAwayException {
    return positions.apply(positionName(), round.steps().position());
  }
}
