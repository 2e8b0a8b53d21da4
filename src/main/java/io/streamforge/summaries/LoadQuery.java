package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How much has been asked for since a time, by one requester and in one channel.
 *
 * @param since what was created before that does not count
 */
public record LoadQuery(Instant since, String requester, String channel) {
  public LoadQuery {
    requireNonNull(since, "since is null");
    requireNonNull(requester, "requester is null");
    requireNonNull(channel, "channel is null");
  }
}
