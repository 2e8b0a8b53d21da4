package io.streamforge.camel.socket;

import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest frames of one source, in its order.
 *
 * <p>A ring is complete from {@link #first} to {@link #newest}: every frame of the source in
 * between is in it. {@code first} is the sequence that came first, and rises as old frames are
 * evicted. Hence a sequence in this span that brings the very frame of the ring is a re-read, and
 * one that brings another frame can only mean that the source has begun anew; so does a sequence
 * before the span, which cannot be told from a re-read of what was evicted: to tell a client
 * something twice is the lesser evil.
 */
final class Ring {

  private static final Logger LOG = LoggerFactory.getLogger(Ring.class);
  private static final long NONE = -1;

  private final TreeMap<Long, Frame> frames = new TreeMap<>();
  private int capacity;
  private long first = NONE;
  private long newest = NONE;

  Ring(int capacity) {
    capacity(capacity);
  }

  void capacity(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("replay must be at least 1: " + value);
    }
    capacity = value;
    evict();
  }

  /** Keeps a numbered frame; false when it is known already or has no texts. */
  boolean add(Frame frame) {
    long sequence = frame.sequence();
    if (sequence <= newest) {
      if (frame.texts().isEmpty() || frame.equals(frames.get(sequence))) {
        return false;
      }
      LOG.warn("Sequence {} is another one than before: its source has begun anew", sequence);
      frames.clear();
      first = sequence;
    }
    if (first == NONE) {
      first = sequence;
    }
    newest = sequence;
    if (frame.texts().isEmpty()) {
      return false;
    }
    frames.put(sequence, frame);
    evict();
    return true;
  }

  /** What came after a sequence, and whether that is all that came. */
  Replay after(long since) {
    boolean complete = first != NONE && since <= newest && since + 1 >= first;
    return new Replay(List.copyOf(frames.tailMap(since, false).values()), complete, first);
  }

  private void evict() {
    while (frames.size() > capacity) {
      first = frames.pollFirstEntry().getKey() + 1;
    }
  }
}
