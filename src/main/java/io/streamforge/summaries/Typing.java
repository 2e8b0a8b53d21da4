package io.streamforge.summaries;

import io.streamforge.camel.mattermost.MattermostRefusedException;

/** Whether the server knows the request that shows that somebody writes: old ones do not. */
public final class Typing {
  private volatile boolean known = true;

  /** Whether to send it. */
  public boolean isKnown() {
    return known;
  }

  /** Takes note of a refusal. */
  public void refused(MattermostRefusedException refusal) {
    known = refusal.status() != 404;
  }
}
