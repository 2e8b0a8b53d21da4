package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which summaries a list shows.
 *
 * @param state only those in this state; empty for all
 * @param thread only those of this thread; empty for all
 * @param limit how many at the most
 * @param after the last one of the page before, null for the first page
 */
public record SummaryFilter(String state, String thread, int limit, @Nullable Place after) {

  /** A place in the list, which is ordered by creation and then by id, newest first. */
  public record Place(Instant createdAt, String id) {}

  public SummaryFilter {
    requireNonNull(state, "state is null");
    requireNonNull(thread, "thread is null");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
  }
}
