package io.streamforge.arango.aql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamforge.arango.ArangoError;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The functions that our statements call. On a wrong argument most give null, as AQL's do. */
final class Functions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final Map<String, Function<List<JsonNode>, JsonNode>> ALL =
      Map.ofEntries(
          Map.entry("MERGE", Functions::merge),
          Map.entry("IS_OBJECT", arguments -> BooleanNode.valueOf(arguments.get(0).isObject())),
          Map.entry("JSON_PARSE", arguments -> parse(arguments.get(0))),
          Map.entry("UNSET", arguments -> select(arguments, false)),
          Map.entry("KEEP", arguments -> select(arguments, true)),
          Map.entry("SUBSTRING", Functions::substring),
          Map.entry("DATE_NOW", arguments -> LongNode.valueOf(System.currentTimeMillis())),
          Map.entry("DATE_ISO8601", arguments -> date(arguments.get(0))),
          Map.entry("MINUS", Functions::minus),
          Map.entry("LENGTH", arguments -> length(arguments.get(0))),
          Map.entry("SUM", arguments -> sum(arguments.get(0))));

  private Functions() {}

  /** The name of a function that is there. */
  static String known(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!ALL.containsKey(upper)) {
      throw new ArangoError(400, 1540, "AQL: usage of unknown function '" + name + "()'");
    }
    return upper;
  }

  static JsonNode call(String name, List<JsonNode> arguments) {
    Function<List<JsonNode>, JsonNode> function = ALL.get(name);
    if (function == null) {
      throw new IllegalArgumentException(name);
    }
    return function.apply(arguments);
  }

  private static JsonNode merge(List<JsonNode> arguments) {
    Iterable<JsonNode> all = arguments.size() == 1 ? arguments.get(0) : arguments;
    ObjectNode merged = NODES.objectNode();
    for (JsonNode each : all) {
      if (!(each instanceof ObjectNode object)) {
        return NullNode.getInstance();
      }
      merged.setAll(object);
    }
    return merged;
  }

  private static JsonNode parse(JsonNode text) {
    try {
      return text.isTextual() ? JSON.readTree(text.textValue()) : NullNode.getInstance();
    } catch (JsonProcessingException e) {
      return NullNode.getInstance();
    }
  }

  private static JsonNode select(List<JsonNode> arguments, boolean keep) {
    if (!(arguments.get(0) instanceof ObjectNode object)) {
      return NullNode.getInstance();
    }
    List<String> names =
        arguments.subList(1, arguments.size()).stream().map(JsonNode::textValue).toList();
    ObjectNode selected = NODES.objectNode().setAll(object);
    return keep ? selected.retain(names) : selected.remove(names);
  }

  private static JsonNode substring(List<JsonNode> arguments) {
    String text = arguments.get(0).asText();
    int from = Math.min(text.length(), arguments.get(1).intValue());
    int to = Math.min(text.length(), from + arguments.get(2).intValue());
    return TextNode.valueOf(text.substring(from, to));
  }

  private static JsonNode date(JsonNode milliseconds) {
    return milliseconds.isNumber()
        ? TextNode.valueOf(MILLISECONDS.format(Instant.ofEpochMilli(milliseconds.longValue())))
        : NullNode.getInstance();
  }

  private static JsonNode minus(List<JsonNode> arguments) {
    Set<JsonNode> left = new HashSet<>();
    arguments.get(0).forEach(left::add);
    arguments.get(1).forEach(left::remove);
    ArrayNode rest = NODES.arrayNode();
    left.forEach(rest::add);
    return rest;
  }

  private static JsonNode length(JsonNode value) {
    return LongNode.valueOf(
        switch (value.getNodeType()) {
          case ARRAY, OBJECT -> value.size();
          case NULL, MISSING -> 0;
          case BOOLEAN -> value.booleanValue() ? 1 : 0;
          default -> value.asText().codePoints().count();
        });
  }

  private static JsonNode sum(JsonNode numbers) {
    return LongNode.valueOf(
        StreamSupport.stream(numbers.spliterator(), false)
            .filter(JsonNode::isNumber)
            .mapToLong(JsonNode::longValue)
            .sum());
  }
}
