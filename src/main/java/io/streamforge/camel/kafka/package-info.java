/**
 * Kafka pieces that camel-kafka lacks: an embedded broker, at-least-once for batches, tailing
 * without a group, dead letters.
 *
 * <p>A route that reads batches and loses nothing needs all of this; each line guards against a
 * loss or a stall:
 *
 * <pre>{@code
 * errorHandler:                  # the retries in place; when they are used up the batch is read again
 *   defaultErrorHandler:
 *     redeliveryPolicy: {maximumRedeliveries: 4, redeliveryDelay: 200, useExponentialBackOff: true}
 * from:
 *   uri: kafka:<topics>
 *   parameters:
 *     groupId: <group>
 *     groupInstanceId: <name>    # where only one process can be the member, as with the embedded broker:
 *                                # after a kill its successor need not wait for the session to time out
 *     autoOffsetReset: earliest  # with latest a first batch that fails is lost
 *     autoCommitEnable: false
 *     allowManualCommit: true
 *     breakOnFirstError: true    # without it a failed batch is skipped by the next commit
 *     batching: true
 *     maxPollRecords: 500        # must be set with batching
 *     pollTimeoutMs: 100         # the latency of a lone record, and of a stop
 *     batchingIntervalMs: 100    # the latency in a slow, steady stream
 *     sessionTimeoutMs: 10000    # how long the partitions of a killed process wait
 *     heartbeatIntervalMs: 2000
 *     keyDeserializer: org.apache.kafka.common.serialization.ByteArrayDeserializer
 *     valueDeserializer: org.apache.kafka.common.serialization.ByteArrayDeserializer
 *   steps:
 *     - bean: {ref: batchOffsets, method: open}     # the body is now a list of KafkaRecord
 *     - ...                                         # store; collect DeadLetters as the body
 *     - split: {..., stopOnException: true, steps: [{to: {uri: direct:bury-message}}]}
 *     - bean: {ref: batchOffsets, method: commit}
 * }</pre>
 *
 * <p>The beans: one {@link io.streamforge.camel.kafka.BatchOffsets} a route, one {@link
 * io.streamforge.camel.kafka.PollBackoff} as the component's poll strategy, and one {@link
 * io.streamforge.camel.kafka.TailSubscription} as {@code subscribeAdapter}. A batch may come twice,
 * so that what stores it must bear repetition.
 */
@NullMarked
package io.streamforge.camel.kafka;

import org.jspecify.annotations.NullMarked;
