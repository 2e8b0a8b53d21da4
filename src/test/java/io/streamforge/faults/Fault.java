package io.streamforge.faults;

/** What can be wrong with the way to a peer. */
public enum Fault {
  /** Nothing: what comes is passed on. */
  NONE,
  /** Nobody listens, and what was connected is reset: the peer's process has died. */
  REFUSE,
  /**
   * Connections are taken and stay open, and nothing is passed on any more; also when the fault is
   * over, those connections stay silent: a firewall has forgotten them.
   */
  HANG,
  /** All is passed on, a little at a time and late. */
  SLOW,
  /** Each connection breaks in the middle of an answer. */
  DROP
}
