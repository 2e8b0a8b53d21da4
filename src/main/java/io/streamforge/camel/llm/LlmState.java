package io.streamforge.camel.llm;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server of the model is there, as it was when it was last looked for. */
public final class LlmState {
  private static final Logger LOG = LoggerFactory.getLogger(LlmState.class);
  private final boolean configured;
  private final LlmMeters meters;
  private final Clock clock;
  private volatile Sight sight;

  /** What is so since when, and when that was last seen. */
  private record Sight(boolean connected, Instant since, String error, Instant at) {}

  /**
   * @param configured whether there is a model at all
   */
  public LlmState(boolean configured, LlmMeters meters, Clock clock) {
    this.configured = configured;
    this.meters = meters;
    this.clock = clock;
    this.sight = new Sight(false, clock.instant(), "", clock.instant());
  }

  /** Whether there is a model at all. */
  public boolean configured() {
    return configured;
  }

  /** Whether the server is there, lets us in and has the model; false without a model. */
  public boolean connected() {
    return sight.connected();
  }

  /** Since when that is so; before the first look, since the start. */
  public Instant since() {
    return sight.since();
  }

  /** Why the server is not there; empty when it is, or was not looked for yet. */
  public Optional<String> lastError() {
    return Optional.of(sight.error()).filter(error -> !error.isEmpty());
  }

  /** When it was last looked for. */
  public Instant lookedAt() {
    return sight.at();
  }

  /** The server is there. */
  public void found() {
    if (see(configured, "") && configured) {
      LOG.info("The server of the model is there");
    }
  }

  /** The server is not there. */
  public void missed(Exception failure) {
    String error = String.valueOf(failure.getMessage());
    if (see(false, error)) {
      LOG.warn("There is no model: {}", error);
    }
  }

  /** Whether that is news. */
  private synchronized boolean see(boolean connected, String error) {
    meters.show(this);
    Sight before = sight;
    boolean changed = connected != before.connected();
    boolean first = before.error().isEmpty() && !error.isEmpty();
    Instant now = clock.instant();
    sight = new Sight(connected, changed ? now : before.since(), error, now);
    return changed || first;
  }
}
