package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The shape of every answer that tells of an error. */
public final class Envelope {
  private Envelope() {}

  /** {@code {"status":"error","message":…,"data":{}}}. */
  public static ObjectNode error(String message) {
    return error(message, List.of());
  }

  /** As {@link #error(String)}, with the faults in {@code data.errors} if there are any. */
  public static ObjectNode error(String message, List<Fault> faults) {
    var envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("status", "error").put("message", message);
    var data = envelope.putObject("data");
    if (!faults.isEmpty()) {
      var errors = data.putArray("errors");
      faults.forEach(
          fault -> errors.addObject().put("field", fault.field()).put("message", fault.message()));
    }
    return envelope;
  }
}
