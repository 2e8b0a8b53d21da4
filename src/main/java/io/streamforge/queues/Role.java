package io.streamforge.queues;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a target does with the data topic of its step. */
public enum Role {
  /** Writes the data topic. */
  @JsonProperty("loader")
  LOADER,
  /** Reads the data topic, from its end, and writes a collection. */
  @JsonProperty("connector")
  CONNECTOR,
  /** Reads and writes collections only. */
  @JsonProperty("processor")
  PROCESSOR
}
