package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a body must hold beyond its schema; found in the registry as {@code <operationId>-rule}. */
@FunctionalInterface
public interface BodyRule {

  /** All that is wrong with a body, which may break its schema too; empty when nothing is. */
  List<Fault> faults(JsonNode body);
}
