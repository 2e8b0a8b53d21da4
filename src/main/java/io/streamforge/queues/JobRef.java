package io.streamforge.queues;

/** A step's job by name; the seam of the launchers speaks of jobs so. */
public record JobRef(String queueId, int step, String jobName) {}
