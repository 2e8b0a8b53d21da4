package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamforge.arango.ArangoError;
import io.streamforge.arango.aql.Expression.Member;
import io.streamforge.arango.aql.Expression.Operator;
import io.streamforge.arango.aql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions, operators by their rank. */
final class ExpressionParser {
  private final Tokens tokens;
  private final Scope scope;
  private final Supplier<List<Clause>> subquery;

  /**
   * @param subquery reads the clauses up to a closing parenthesis
   */
  ExpressionParser(Tokens tokens, Scope scope, Supplier<List<Clause>> subquery) {
    this.tokens = tokens;
    this.scope = scope;
    this.subquery = subquery;
  }

  Expression expression() {
    Expression condition = binary(1);
    if (!tokens.accept(Kind.SIGN, "?")) {
      return condition;
    }
    Expression yes = expression();
    tokens.expect(Kind.SIGN, ":");
    return new Expression.Ternary(condition, yes, expression());
  }

  private Expression binary(int rank) {
    if (rank > Operator.PLUS.rank) {
      return postfix();
    }
    Expression left = binary(rank + 1);
    for (Operator found = operator(rank); found != null; found = operator(rank)) {
      left = new Expression.Binary(found, left, binary(rank + 1));
    }
    return left;
  }

  /** Takes the operator that comes next, if it is of that rank. */
  private @Nullable Operator operator(int rank) {
    Token next = tokens.peek();
    boolean any = next.is(Kind.KEYWORD, "ANY") && tokens.peekSecond().is(Kind.KEYWORD, "IN");
    Operator operator =
        switch (next.text()) {
          case "OR" -> Operator.OR;
          case "AND" -> Operator.AND;
          case "==" -> Operator.EQUAL;
          case "!=" -> Operator.NOT_EQUAL;
          case "IN" -> Operator.IN;
          case "ANY" -> any ? Operator.ANY_IN : null;
          case "<" -> Operator.LESS;
          case "<=" -> Operator.LESS_OR_EQUAL;
          case ">=" -> Operator.GREATER_OR_EQUAL;
          case "+" -> Operator.PLUS;
          default -> null;
        };
    boolean sign = next.kind() == Kind.SIGN || next.kind() == Kind.KEYWORD;
    // The IN that follows the WITH of UPDATE names the collection.
    boolean target = operator == Operator.IN && isCollection(tokens.peekSecond());
    if (operator == null || !sign || operator.rank != rank || target) {
      return null;
    }
    tokens.take();
    if (any) {
      tokens.take();
    }
    return operator;
  }

  private boolean isCollection(Token token) {
    return token.kind() == Kind.NAME && !scope.knows(token.text());
  }

  private Expression postfix() {
    Expression value = primary();
    while (true) {
      if (tokens.accept(Kind.SIGN, ".")) {
        value = new Expression.Attribute(value, attribute());
      } else if (tokens.accept(Kind.SIGN, "[*]")) {
        List<String> path = new ArrayList<>();
        while (tokens.accept(Kind.SIGN, ".")) {
          path.add(attribute());
        }
        value = new Expression.Expansion(value, path);
      } else {
        return value;
      }
    }
  }

  private String attribute() {
    return tokens.expect(Kind.NAME);
  }

  private Expression primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case STRING -> new Expression.Literal(TextNode.valueOf(token.text()));
      case NUMBER -> new Expression.Literal(LongNode.valueOf(Long.parseLong(token.text())));
      case PARAMETER -> {
        scope.addParameter(token.text());
        yield new Expression.Parameter(token.text());
      }
      case NAME -> named(token.text());
      case KEYWORD ->
          switch (token.text()) {
            case "TRUE" -> new Expression.Literal(BooleanNode.TRUE);
            case "FALSE" -> new Expression.Literal(BooleanNode.FALSE);
            case "NULL" -> new Expression.Literal(NullNode.getInstance());
            default -> throw ArangoError.parse("unexpected " + token.text());
          };
      case SIGN ->
          switch (token.text()) {
            case "(" -> parenthesis();
            case "[" -> new Expression.ArrayOf(list("]"));
            case "{" -> object();
            default -> throw ArangoError.parse("unexpected '" + token.text() + "'");
          };
      case END -> throw ArangoError.parse("unexpected end of query string");
    };
  }

  private Expression named(String name) {
    if (tokens.accept(Kind.SIGN, "(")) {
      boolean subquery = startsQuery();
      return new Expression.Call(
          Functions.known(name), subquery ? List.of(parenthesis()) : list(")"));
    }
    if (!scope.knows(name)) {
      throw ArangoError.parse("unknown variable " + name);
    }
    return new Expression.Variable(name);
  }

  private boolean startsQuery() {
    return tokens.peek().is(Kind.KEYWORD, "FOR");
  }

  private Expression parenthesis() {
    Expression inside = startsQuery() ? new Expression.Subquery(subquery.get()) : expression();
    tokens.expect(Kind.SIGN, ")");
    return inside;
  }

  private List<Expression> list(String end) {
    List<Expression> elements = new ArrayList<>();
    if (tokens.accept(Kind.SIGN, end)) {
      return elements;
    }
    do {
      elements.add(expression());
    } while (tokens.accept(Kind.SIGN, ","));
    tokens.expect(Kind.SIGN, end);
    return elements;
  }

  private Expression object() {
    List<Member> members = new ArrayList<>();
    if (tokens.accept(Kind.SIGN, "}")) {
      return new Expression.ObjectOf(members);
    }
    do {
      Expression name;
      if (tokens.accept(Kind.SIGN, "[")) {
        name = expression();
        tokens.expect(Kind.SIGN, "]");
      } else {
        name = new Expression.Literal(TextNode.valueOf(tokens.expect(Kind.NAME)));
      }
      tokens.expect(Kind.SIGN, ":");
      members.add(new Member(name, expression()));
    } while (tokens.accept(Kind.SIGN, ","));
    tokens.expect(Kind.SIGN, "}");
    return new Expression.ObjectOf(members);
  }
}
