package io.streamforge.summaries;

import java.time.Instant;
import java.util.List;

/**
 * How much has been asked for.
 *
 * @param open how many summaries are open, whoever asked
 * @param byRequester when each of the counted ones of the requester was created, oldest first
 * @param inChannel the same of the channel; empty when the channel has no name
 */
public record SummaryLoad(long open, List<Instant> byRequester, List<Instant> inChannel) {
  public SummaryLoad {
    byRequester = List.copyOf(byRequester);
    inChannel = List.copyOf(inChannel);
  }
}
