package io.streamforge.summaries;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** By which way a summary was asked for. */
public enum Trigger {
  /** A command in a channel. */
  POST,
  /** A command, or a permalink, in a direct message. */
  DIRECT,
  /** A slash command. */
  SLASH,
  /** A thread, over REST. */
  REST,
  /** Messages that came with the request, over REST. */
  PASTED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in documents, answers and meters. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Whether the answer is posted; the others get it as the answer to their request. */
  public boolean isPosted() {
    return this == POST || this == DIRECT || this == SLASH;
  }
}
