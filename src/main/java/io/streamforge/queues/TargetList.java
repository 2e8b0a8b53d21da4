package io.streamforge.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.Catalogue.Target;

/** What clients may know of the catalogue: what a step can ask for, not how it is run. */
public final class TargetList {
  private final Catalogue catalogue;

  public TargetList(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The answer to a request: the targets in the order of the catalogue. */
  public ObjectNode answer() {
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Targets fetched");
    ArrayNode data = answer.putArray("data");
    catalogue.targets().forEach(target -> write(data.addObject(), target));
    return answer;
  }

  private static void write(ObjectNode written, Target target) {
    written.put("name", target.name());
    written.set("role", QueueJson.MAPPER.valueToTree(target.role()));
    written.set("types", QueueJson.MAPPER.valueToTree(target.types()));
    ArrayNode fields = written.putArray("fields");
    target.fields().stream().sorted().forEach(fields::add);
  }
}
