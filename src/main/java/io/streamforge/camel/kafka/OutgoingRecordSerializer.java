package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.camel.trace.TraceContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of an outgoing record, and its trace into the header: camel-kafka gives all
 * records of a list the headers of the message that carries them.
 */
public final class OutgoingRecordSerializer implements Serializer<OutgoingRecord> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable OutgoingRecord outgoing) {
    return outgoing == null ? null : outgoing.value().getBytes(UTF_8);
  }

  @Override
  public byte @Nullable [] serialize(
      String topic, Headers headers, @Nullable OutgoingRecord outgoing) {
    if (outgoing != null && outgoing.traceparent() != null) {
      headers.remove(TraceContext.HEADER);
      headers.add(TraceContext.HEADER, outgoing.traceparent().getBytes(UTF_8));
    }
    return serialize(topic, outgoing);
  }
}
