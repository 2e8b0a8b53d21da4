package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Where a thread is.
 *
 * @param channelId empty when it is in no channel, or not known yet in which
 * @param rootId the id of its first post; empty when it is no thread of Mattermost
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ThreadPlace(String channelId, String rootId) {
  /** No thread of Mattermost. */
  public static final ThreadPlace NONE = new ThreadPlace("", "");

  public ThreadPlace {
    requireNonNull(channelId, "channelId is null");
    requireNonNull(rootId, "rootId is null");
  }
}
