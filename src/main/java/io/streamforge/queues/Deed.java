package io.streamforge.queues;

/** Something to be done about a queue. Doing it again does no harm. */
public sealed interface Deed {

  /** Create the step's job. */
  record Launch(int step) implements Deed {}

  /** Send the stop message that names the queue. */
  record SendStop() implements Deed {}

  /** Delete the step's job, with its workers. */
  record DeleteJob(int step, String reason) implements Deed {}
}
