package io.streamforge.camel.socket;

import java.util.List;

/**
 * The frames that a client has missed.
 *
 * @param complete whether these are all it has missed
 * @param first the sequence from which on a replay would be complete, negative when that is unknown
 */
record Replay(List<Frame> frames, boolean complete, long first) {

  static final Replay NOTHING = new Replay(List.of(), true, -1);

  Replay {
    frames = List.copyOf(frames);
  }
}
