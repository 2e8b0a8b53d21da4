package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Something that has a value. */
sealed interface Expression {

  record Literal(JsonNode value) implements Expression {}

  record Variable(String name) implements Expression {}

  record Parameter(String name) implements Expression {}

  record Attribute(Expression of, String name) implements Expression {}

  /** {@code of[*].path}: what each element has there. */
  record Expansion(Expression of, List<String> path) implements Expression {}

  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  record Ternary(Expression condition, Expression yes, Expression no) implements Expression {}

  record ArrayOf(List<Expression> elements) implements Expression {}

  record ObjectOf(List<Member> members) implements Expression {}

  /** The name is an expression when it stands in brackets. */
  record Member(Expression name, Expression value) {}

  record Call(String function, List<Expression> arguments) implements Expression {}

  record Subquery(List<Clause> clauses) implements Expression {}

  /** From the loosest to the tightest; those of one rank are read from the left. */
  enum Operator {
    OR(1),
    AND(2),
    EQUAL(3),
    NOT_EQUAL(3),
    IN(4),
    ANY_IN(4),
    LESS(5),
    LESS_OR_EQUAL(5),
    GREATER_OR_EQUAL(5),
    PLUS(6);

    final int rank;

    Operator(int rank) {
      this.rank = rank;
    }
  }
}
