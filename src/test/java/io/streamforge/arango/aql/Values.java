package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** How AQL compares values: by type, null first, then by value. */
public final class Values {
  private Values() {}

  static boolean isTrue(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> false;
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.doubleValue() != 0;
      case STRING -> !value.textValue().isEmpty();
      default -> true;
    };
  }

  static boolean equal(JsonNode left, JsonNode right) {
    return compare(left, right) == 0;
  }

  static int compare(JsonNode left, JsonNode right) {
    int rank = Integer.compare(rank(left), rank(right));
    if (rank != 0) {
      return rank;
    }
    return switch (left.getNodeType()) {
      case BOOLEAN -> Boolean.compare(left.booleanValue(), right.booleanValue());
      case NUMBER ->
          left.isIntegralNumber() && right.isIntegralNumber()
              ? Long.compare(left.longValue(), right.longValue())
              : Double.compare(left.doubleValue(), right.doubleValue());
      case STRING -> left.textValue().compareTo(right.textValue());
      case ARRAY -> compareElements(left, right);
      case OBJECT -> left.equals(right) ? 0 : left.toString().compareTo(right.toString());
      default -> 0;
    };
  }

  private static int compareElements(JsonNode left, JsonNode right) {
    Iterator<JsonNode> others = right.elements();
    for (JsonNode each : left) {
      int order = others.hasNext() ? compare(each, others.next()) : 1;
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int rank(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> 1;
      case NUMBER -> 2;
      case STRING -> 3;
      case ARRAY -> 4;
      case OBJECT -> 5;
      default -> 0;
    };
  }

  /** The later members over the earlier; objects inside objects are merged when asked to. */
  public static ObjectNode merge(ObjectNode first, ObjectNode second, boolean deep) {
    ObjectNode merged = first.objectNode().setAll(first);
    second
        .properties()
        .forEach(
            member -> {
              boolean both =
                  deep && member.getValue().isObject() && merged.path(member.getKey()).isObject();
              merged.set(
                  member.getKey(),
                  both
                      ? merge(
                          (ObjectNode) merged.get(member.getKey()),
                          (ObjectNode) member.getValue(),
                          true)
                      : member.getValue());
            });
    return merged;
  }
}
