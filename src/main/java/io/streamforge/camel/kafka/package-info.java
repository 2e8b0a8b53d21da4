/**
 * What Camel's Kafka component does not bring: a broker inside the process, batches that lose
 * nothing, topics read from their end.
 */
@NullMarked
package io.streamforge.camel.kafka;

import org.jspecify.annotations.NullMarked;
