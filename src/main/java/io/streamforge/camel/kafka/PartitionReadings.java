package io.streamforge.camel.kafka;

/** Follows the offsets of one partition and counts how often each was read. */
final class PartitionReadings {

  private long position;
  private long repeatedUpTo;
  private int attempt = 1;

  /** Takes note of the next record, and returns how many times it has been read with this one. */
  synchronized int see(long offset) {
    if (offset < position) {
      repeatedUpTo = Math.max(repeatedUpTo, position);
      attempt++;
    }
    position = offset + 1;
    if (offset >= repeatedUpTo) {
      attempt = 1;
    }
    return attempt;
  }
}
