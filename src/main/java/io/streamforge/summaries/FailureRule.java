package io.streamforge.summaries;

import static java.util.stream.Collectors.joining;

import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.camel.mattermost.MattermostRefusedException;
import io.streamforge.summaries.SummaryEvent.Dropped;
import io.streamforge.summaries.SummaryEvent.Postponed;
import io.streamforge.summaries.SummaryEvent.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows when a request cannot go on. */
public final class FailureRule {
  private static final Logger LOG = LoggerFactory.getLogger(FailureRule.class);

  /** A fault of ours may be one of the moment; three times in a row it is none. */
  private static final int FAULTS = 3;

  private static final int FRAMES = 20;
  private static final Duration LONGEST_DELIVERY = Duration.ofDays(1);

  private final Duration patience;
  private final Duration delay;
  private final Duration longestDelay;
  private final Clock clock;

  /**
   * @param patience how long peers may be away before a request gets an apology
   * @param delay before the second try, doubled with each one
   */
  public FailureRule(Duration patience, Duration delay, Duration longestDelay, Clock clock) {
    this.patience = patience;
    this.delay = delay;
    this.longestDelay = longestDelay;
    this.clock = clock;
  }

  /**
   * What to record of a request that failed so.
   *
   * @throws NotOursException when it failed because it is somebody else's
   */
  public SummaryEvent after(Summary summary, Throwable failure) throws NotOursException {
    NotOursException notOurs = behind(failure, NotOursException.class);
    if (notOurs != null) {
      throw notOurs;
    }
    MattermostRefusedException refused = behind(failure, MattermostRefusedException.class);
    if (refused != null && refused.status() != 401) {
      return afterRefusal(summary, refused);
    }
    if (behind(failure, LlmRefusedException.class) != null) {
      LOG.warn("summary {}: {}", summary.id(), reason(failure));
      return apology(summary, phrases(summary).modelRefuses());
    }
    boolean away =
        refused != null
            || behind(failure, MattermostAwayException.class) != null
            || behind(failure, LlmAwayException.class) != null;
    Instant end = summary.createdAt().plus(summary.reply() == null ? patience : LONGEST_DELIVERY);
    boolean over = away ? !clock.instant().isBefore(end) : summary.failures() + 1 >= FAULTS;
    if (!away) {
      LOG.warn("summary {} failed: {}", summary.id(), trace(failure));
    }
    return over ? giveUp(summary, failure, away) : postpone(summary, failure);
  }

  /**
   * Whether whoever waits for the answer is to be told that it waits for the model.
   *
   * @param next what is to be recorded of the failure
   */
  public boolean isToBeTold(Summary summary, SummaryEvent next, Throwable failure) {
    return next instanceof Postponed
        && summary.reply() == null
        && summary.placeholderId() != null
        && behind(failure, LlmAwayException.class) != null;
  }

  /** What to tell them. */
  public String waiting(Summary summary) {
    return phrases(summary).waiting(summary.createdAt().plus(patience));
  }

  /** Where nothing can be posted there is nobody to speak to. */
  private static SummaryEvent afterRefusal(Summary summary, MattermostRefusedException refused) {
    String reason = "Mattermost refused: " + refused.status() + " " + refused.errorId();
    LOG.warn("summary {}: {}", summary.id(), reason);
    return summary.reply() == null
        ? new Settled(
            summary.id(),
            owner(summary),
            new Reply(Reply.Kind.REFUSAL, phrases(summary).cannotRead()),
            null)
        : new Dropped(summary.id(), owner(summary), reason);
  }

  private static SummaryEvent giveUp(Summary summary, Throwable failure, boolean away) {
    LOG.warn("summary {} is given up: {}", summary.id(), reason(failure));
    if (summary.reply() != null) {
      return new Dropped(summary.id(), owner(summary), reason(failure));
    }
    Phrases phrases = phrases(summary);
    if (!away) {
      return apology(summary, phrases.broken(summary.id()));
    }
    boolean model = behind(failure, LlmAwayException.class) != null;
    return apology(summary, model ? phrases.modelAway() : phrases.threadAway());
  }

  private SummaryEvent postpone(Summary summary, Throwable failure) {
    long factor = 1L << Math.min(summary.failures(), 20);
    Duration wait = delay.multipliedBy(factor);
    Duration bounded = wait.compareTo(longestDelay) > 0 ? longestDelay : wait;
    Duration asked = retryAfter(failure).orElse(Duration.ZERO);
    Duration longer = asked.compareTo(bounded) > 0 ? asked : bounded;
    LOG.info("summary {} is tried again in {}: {}", summary.id(), longer, reason(failure));
    return new Postponed(
        summary.id(), owner(summary), clock.instant().plus(longer), reason(failure));
  }

  private static Optional<Duration> retryAfter(Throwable failure) {
    MattermostAwayException mattermost = behind(failure, MattermostAwayException.class);
    LlmAwayException llm = behind(failure, LlmAwayException.class);
    return mattermost != null
        ? mattermost.retryAfter()
        : llm != null ? llm.retryAfter() : Optional.empty();
  }

  private static SummaryEvent apology(Summary summary, String text) {
    return new Settled(summary.id(), owner(summary), new Reply(Reply.Kind.APOLOGY, text), null);
  }

  private static Phrases phrases(Summary summary) {
    return Phrases.in(summary.language());
  }

  /** Messages of our own exceptions hold no text of threads; those of others might. */
  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MattermostAwayException
          || cause instanceof MattermostRefusedException
          || cause instanceof LlmAwayException
          || cause instanceof LlmRefusedException) {
        return cause.getMessage() + because(cause);
      }
    }
    return failure.getClass().getSimpleName();
  }

  private static String because(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? "" : " (" + trace(cause) + ")";
  }

  /** Where it failed, without any message: that could quote a thread. */
  private static String trace(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Stream.of(root.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "\n  at " + frame)
        .collect(joining("", root.getClass().getName(), ""));
  }

  private static <T extends Throwable> @Nullable T behind(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static String owner(Summary summary) {
    if (summary.owner() == null) {
      throw new IllegalArgumentException("nobody works on " + summary.id());
    }
    return summary.owner();
  }
}
