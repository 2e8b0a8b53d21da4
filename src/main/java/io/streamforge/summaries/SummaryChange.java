package io.streamforge.summaries;

/**
 * A compare-and-set: {@code next} is written if the stored version still is {@code expectedVersion}
 * and no other summary leads the thread that {@code next} leads.
 */
public record SummaryChange(long expectedVersion, StoredSummary next) {
  public SummaryChange {
    if (next.version() <= expectedVersion) {
      throw new IllegalArgumentException(
          "version " + next.version() + " does not follow version " + expectedVersion);
    }
  }
}
