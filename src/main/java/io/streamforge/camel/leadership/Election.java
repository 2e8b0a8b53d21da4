package io.streamforge.camel.leadership;

import java.time.Instant;

/** A way to choose one of several processes. Its candidates are told on threads of its own. */
public interface Election {

  /** A word for it, such as {@code lease}. */
  String kind();

  /** Fails with the reason when it cannot work. */
  void check() throws Exception;

  /** Stands for election from now on, and again after each loss. Returns at once. */
  void stand(Candidate candidate);

  /**
   * Whether this process leads and no other one can have taken over yet. It does not ask anybody: a
   * process that was frozen knows by its own clock.
   */
  boolean holds();

  /** Gives the lead up, and stands no more; returns when others can have it, or cannot be told. */
  void leave();

  /** Who stands for election. Its methods return at once. */
  interface Candidate {
    /** It may be that it leads now, or that it leads no more: {@link Election#holds} says so. */
    void changed();

    /**
     * Somebody leads.
     *
     * @param leader its name; empty when nobody does
     * @param since since when, by the leader's clock
     */
    void seen(String leader, Instant since);

    /** The election works: a leader was heard of, be it this process. */
    void works();

    /**
     * The election does not work.
     *
     * @param reason in words for whoever runs the service
     */
    void troubled(String reason);
  }
}
