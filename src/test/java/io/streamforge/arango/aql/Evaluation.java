package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The values of expressions. */
final class Evaluation {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Execution execution;
  private final ObjectNode parameters;

  Evaluation(Execution execution, ObjectNode parameters) {
    this.execution = execution;
    this.parameters = parameters;
  }

  JsonNode value(Expression expression, Row row) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.Variable variable) {
      return row.get(variable.name());
    }
    if (expression instanceof Expression.Parameter parameter) {
      return parameters.get(parameter.name());
    }
    if (expression instanceof Expression.Attribute attribute) {
      return member(value(attribute.of(), row), attribute.name());
    }
    if (expression instanceof Expression.Expansion expansion) {
      return expand(expansion, row);
    }
    if (expression instanceof Expression.Binary binary) {
      return binary(binary, row);
    }
    if (expression instanceof Expression.Ternary ternary) {
      boolean yes = Values.isTrue(value(ternary.condition(), row));
      return value(yes ? ternary.yes() : ternary.no(), row);
    }
    if (expression instanceof Expression.ArrayOf array) {
      ArrayNode values = NODES.arrayNode();
      array.elements().forEach(each -> values.add(value(each, row)));
      return values;
    }
    if (expression instanceof Expression.ObjectOf object) {
      ObjectNode values = NODES.objectNode();
      object
          .members()
          .forEach(each -> values.set(value(each.name(), row).asText(), value(each.value(), row)));
      return values;
    }
    if (expression instanceof Expression.Call call) {
      return Functions.call(
          call.function(), call.arguments().stream().map(each -> value(each, row)).toList());
    }
    Expression.Subquery subquery = (Expression.Subquery) expression;
    return NODES.arrayNode().addAll(execution.rows(subquery.clauses(), row));
  }

  /** An array, or an error as FOR has it. */
  JsonNode array(@Nullable Expression expression, Row row) {
    JsonNode value = expression == null ? NullNode.getInstance() : value(expression, row);
    if (!value.isArray()) {
      throw new ArangoError(400, 1563, "AQL: collection or array expected as operand to FOR loop");
    }
    return value;
  }

  private static JsonNode member(JsonNode of, String name) {
    JsonNode value = of.get(name);
    return value == null ? NullNode.getInstance() : value;
  }

  private JsonNode expand(Expression.Expansion expansion, Row row) {
    ArrayNode values = NODES.arrayNode();
    JsonNode of = value(expansion.of(), row);
    for (JsonNode each : of.isArray() ? of : NODES.arrayNode()) {
      JsonNode inside = each;
      for (String name : expansion.path()) {
        inside = member(inside, name);
      }
      values.add(inside);
    }
    return values;
  }

  private JsonNode binary(Expression.Binary binary, Row row) {
    JsonNode left = value(binary.left(), row);
    if ((binary.operator() == Expression.Operator.AND && !Values.isTrue(left))
        || (binary.operator() == Expression.Operator.OR && Values.isTrue(left))) {
      return left;
    }
    JsonNode right = value(binary.right(), row);
    return switch (binary.operator()) {
      case AND, OR -> right;
      case EQUAL -> BooleanNode.valueOf(Values.equal(left, right));
      case NOT_EQUAL -> BooleanNode.valueOf(!Values.equal(left, right));
      case LESS -> BooleanNode.valueOf(Values.compare(left, right) < 0);
      case LESS_OR_EQUAL -> BooleanNode.valueOf(Values.compare(left, right) <= 0);
      case GREATER_OR_EQUAL -> BooleanNode.valueOf(Values.compare(left, right) >= 0);
      case IN -> BooleanNode.valueOf(contains(right, left));
      case ANY_IN ->
          BooleanNode.valueOf(
              StreamSupport.stream(left.spliterator(), false)
                  .anyMatch(each -> contains(right, each)));
      case PLUS -> LongNode.valueOf(left.longValue() + right.longValue());
    };
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    return array.isArray()
        && StreamSupport.stream(array.spliterator(), false)
            .anyMatch(each -> Values.equal(each, value));
  }
}
