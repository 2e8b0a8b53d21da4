package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A valid body with one thing changed, which makes it invalid.
 *
 * @param status what it must be answered with
 * @param field the field that must be among the faults, empty where that depends
 */
record Mutation(String what, String body, int status, String field) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<JsonNode> NO_TEXTS =
      List.of(
          JSON.numberNode(0),
          JSON.numberNode(-1.5e300),
          JSON.nullNode(),
          JSON.booleanNode(false),
          JSON.arrayNode().add("x"),
          JSON.objectNode().put("x", 1),
          JSON.arrayNode().add(JSON.arrayNode()));
  private static final List<String> NO_VALUES =
      List.of(
          "", " ", "?", "\u0000", "a\nb", "ä", "💓", "../..", "%s%n", "-".repeat(200), "\\", "\"");

  /** A place in a body: the node that holds it, and how faults call it. */
  private record Place(JsonNode parent, String name, int index, String field) {
    JsonNode value() {
      return parent.isArray() ? parent.get(index) : parent.get(name);
    }

    /** Whether a body without it is invalid. */
    boolean isNeeded() {
      return Set.of(
              "symbol", "time_range", "target", "type", "requests", "messages", "user", "text")
          .contains(name);
    }

    /** Whether only some texts will do. */
    boolean isBounded() {
      return value().isTextual() && !Set.of("user", "text").contains(name);
    }

    /** What is at fault when it is of the wrong type: for a step that became a step, its fields. */
    String fault() {
      return field.matches("(requests|messages)\\[[0-9]+]") && value().isObject() ? "" : field;
    }

    void set(JsonNode value) {
      if (parent instanceof ArrayNode array) {
        array.set(index, value);
      } else {
        ((ObjectNode) parent).set(name, value);
      }
    }
  }

  /** As many of them as asked for, the same with each run of one seed. */
  static List<Mutation> of(String valid, int number, long seed) {
    Random random = new Random(seed);
    return IntStream.rangeClosed(1, number)
        .mapToObj(count -> one(count + ". ", valid, random))
        .toList();
  }

  private static Mutation one(String count, String valid, Random random) {
    JsonNode body = RunningService.json(valid);
    List<Place> places = new ArrayList<>();
    collect(body, "", places);
    Place place = any(places, random);
    switch (random.nextInt(7)) {
      case 0 -> {
        JsonNode other = any(NO_TEXTS.stream().filter(no -> differs(no, place)).toList(), random);
        place.set(other);
        return fault(count + place.field + " becomes " + other, body, place.fault());
      }
      case 1 -> {
        Place text = any(places.stream().filter(Place::isBounded).toList(), random);
        String other = any(NO_VALUES, random);
        text.set(JSON.textNode(other));
        return fault(count + text.field + " becomes a text of " + other.length(), body, text.field);
      }
      case 2 -> {
        Place needed = any(places.stream().filter(Place::isNeeded).toList(), random);
        ((ObjectNode) needed.parent).remove(needed.name);
        String field =
            switch (needed.name) {
              case "requests" -> "type";
              case "messages" -> "body";
              default -> needed.field;
            };
        return fault(count + needed.field + " is gone", body, field);
      }
      case 3 -> {
        Place named = any(places.stream().filter(each -> each.parent.isObject()).toList(), random);
        String other = named.name + "_" + Integer.toHexString(random.nextInt(256));
        ((ObjectNode) named.parent).set(other, named.value());
        String field = named.field.substring(0, named.field.length() - named.name.length()) + other;
        return fault(count + "a copy called " + field, body, field);
      }
      case 4 -> {
        Place twice = any(places.stream().filter(each -> each.parent.isObject()).toList(), random);
        String pair = "\"" + twice.name + "\":" + twice.value();
        String text = body.toString().replaceFirst(Pattern.quote(pair), "$0," + pair);
        return new Mutation(count + twice.field + " is there twice", text, 400, "");
      }
      case 5 -> {
        int end = 1 + random.nextInt(body.toString().length() - 1);
        return new Mutation(
            count + "cut off after " + end, body.toString().substring(0, end), 400, "");
      }
      default -> {
        String more = any(List.of("x", "{}", "]", ",", "\u0000", "}", "5"), random);
        return new Mutation(count + more + " behind it", body + more, 400, "");
      }
    }
  }

  private static boolean differs(JsonNode other, Place place) {
    return !place.value().isArray() || !other.isArray();
  }

  private static Mutation fault(String what, JsonNode body, String field) {
    return new Mutation(what, body.toString(), 422, field);
  }

  private static void collect(JsonNode node, String at, List<Place> places) {
    for (var fields = node.fieldNames(); fields.hasNext(); ) {
      String name = fields.next();
      places.add(new Place(node, name, 0, at.isEmpty() ? name : at + "." + name));
    }
    if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        places.add(new Place(node, "", index, at + "[" + index + "]"));
      }
    }
    for (Place place : List.copyOf(places)) {
      if (place.parent == node && place.value().isContainerNode()) {
        collect(place.value(), place.field, places);
      }
    }
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
