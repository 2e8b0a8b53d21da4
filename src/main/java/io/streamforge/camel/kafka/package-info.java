/**
 * Kafka pieces that camel-kafka lacks: an embedded broker, batch commits, tailing, dead letters.
 */
@NullMarked
package io.streamforge.camel.kafka;

import org.jspecify.annotations.NullMarked;
