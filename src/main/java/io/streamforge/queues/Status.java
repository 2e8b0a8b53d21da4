package io.streamforge.queues;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a queue or a step is. A step is never {@link #STOPPING}. */
public enum Status {
  @JsonProperty("pending")
  PENDING,
  @JsonProperty("loading")
  LOADING,
  @JsonProperty("stopping")
  STOPPING,
  @JsonProperty("finished")
  FINISHED,
  @JsonProperty("stopped")
  STOPPED,
  @JsonProperty("error")
  ERROR;

  /** Whether nothing that comes later changes it. */
  public boolean isFinal() {
    return switch (this) {
      case FINISHED, STOPPED, ERROR -> true;
      case PENDING, LOADING, STOPPING -> false;
    };
  }

  /** The word that clients see. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
