package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a schema cannot say about the body of an operation. The contract finds it in the registry
 * under the name {@code <operationId>-rule}.
 */
@FunctionalInterface
public interface BodyRule {

  /**
   * Lists the faults of a body. It is asked about every JSON object, also about one that the schema
   * already found faults in, and so must not rely on any field being there or of its type.
   */
  List<Fault> faults(JsonNode body);
}
