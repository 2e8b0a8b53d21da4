package io.streamforge.queues;

import java.time.Duration;

/**
 * How long the rule of queues waits for what.
 *
 * @param witnessGrace how long the cluster's word on a job waits for the worker's own
 * @param stopGrace how long workers have to end by themselves
 * @param drainIdle how long a step without living sources may go without a new record
 * @param connectorWait how long a loader waits for the connectors of its topic
 * @param launchWindow how long a launch that was decided may take to show
 * @param startDeadline how long a worker of a job may take to start
 * @param launchTogether whether all steps are launched at once
 */
public record Waits(
    Duration witnessGrace,
    Duration stopGrace,
    Duration drainIdle,
    Duration connectorWait,
    Duration launchWindow,
    Duration startDeadline,
    boolean launchTogether) {}
