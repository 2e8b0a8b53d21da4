package io.streamforge.summaries;

import io.streamforge.camel.mattermost.MattermostRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which requests are heard at all. */
public final class Admission {
  private final int ofUser;
  private final int inChannel;
  private final int open;
  private final Duration window;
  private final Duration oldest;
  private final Clock clock;

  /**
   * @param ofUser how many summaries a user gets within the window
   * @param inChannel how many a channel gets
   * @param open how many requests may be open
   * @param oldest how old a command may be when it is found
   */
  public Admission(
      int ofUser, int inChannel, int open, Duration window, Duration oldest, Clock clock) {
    this.ofUser = ofUser;
    this.inChannel = inChannel;
    this.open = open;
    this.window = window;
    this.oldest = oldest;
    this.clock = clock;
  }

  /**
   * Sees to it that there is a thread, and that the command is not one of long ago.
   *
   * @throws PlainReplyException with a hint how to ask
   */
  public void checkCommand(Summary summary) throws PlainReplyException {
    Phrases phrases = Phrases.in(summary.language());
    if (Duration.between(summary.askedAt(), summary.createdAt()).compareTo(oldest) > 0) {
      throw new PlainReplyException(new Reply(Reply.Kind.HINT, phrases.wasAway()));
    }
    if (summary.thread().rootId().isEmpty() && summary.trigger().isPosted()) {
      boolean direct = summary.trigger() == Trigger.DIRECT;
      throw new PlainReplyException(
          new Reply(Reply.Kind.HINT, direct ? phrases.sendPermalink() : phrases.writeInThread()));
    }
  }

  /**
   * Whoever may not read the thread gets nothing of it; nor does anybody while the bot may not.
   *
   * @param refusal what Mattermost said when it was asked about the requester's membership
   */
  public void refuseStranger(Summary summary, MattermostRefusedException refusal)
      throws PlainReplyException, MattermostRefusedException {
    Phrases phrases = Phrases.in(summary.language());
    switch (refusal.status()) {
      case 404 -> throw refusal(phrases.notMember());
      case 403 -> throw refusal(phrases.cannotRead());
      default -> throw refusal;
    }
  }

  /** What to ask the store before the limits can be kept. */
  public LoadQuery query(Summary summary) {
    return new LoadQuery(
        clock.instant().minus(window), summary.requester(), summary.thread().channelId());
  }

  /**
   * Keeps the limits.
   *
   * @throws PlainReplyException with the time from which on there is room again
   */
  public void checkLimits(Summary summary, SummaryLoad load) throws PlainReplyException {
    if (summary.admitted()) {
      return;
    }
    Phrases phrases = Phrases.in(summary.language());
    if (load.open() > open) {
      throw refusal(phrases.tooManyOpen());
    }
    if (load.byRequester().size() >= ofUser) {
      throw refusal(phrases.userLimit(ofUser, window, untilFree(load.byRequester(), ofUser)));
    }
    if (load.inChannel().size() >= inChannel) {
      throw refusal(
          phrases.channelLimit(inChannel, window, untilFree(load.inChannel(), inChannel)));
    }
  }

  private Duration untilFree(List<Instant> counted, int limit) {
    Instant free = counted.get(counted.size() - limit).plus(window);
    Duration left = Duration.between(clock.instant(), free);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static PlainReplyException refusal(String text) {
    return new PlainReplyException(new Reply(Reply.Kind.REFUSAL, text));
  }

  /**
   * Sees to it that there is something to summarise.
   *
   * @throws PlainReplyException with a hint
   */
  public void checkDiscussion(Summary summary, Discussion discussion) throws PlainReplyException {
    if (discussion.messages().size() < 2) {
      throw new PlainReplyException(
          new Reply(Reply.Kind.HINT, Phrases.in(summary.language()).tooShort()));
    }
  }
}
