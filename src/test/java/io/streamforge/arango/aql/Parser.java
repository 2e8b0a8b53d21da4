package io.streamforge.arango.aql;

import io.streamforge.arango.ArangoError;
import io.streamforge.arango.aql.Clause.Options;
import io.streamforge.arango.aql.Expression.Member;
import io.streamforge.arango.aql.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a statement; what is not understood is a parse error, as is what AQL itself refuses. */
final class Parser {
  private final Tokens tokens;
  private final Scope scope = new Scope();
  private final Set<String> modified = new HashSet<>();
  private final ExpressionParser expressions;

  private Parser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens, scope, this::clauses);
  }

  /** What a statement consists of, and the bind parameters that it needs. */
  record Parsed(List<Clause> clauses, Set<String> parameters) {}

  static Parsed parse(String statement) {
    Parser parser = new Parser(new Tokens(statement));
    List<Clause> clauses = parser.clauses();
    parser.tokens.expect(Kind.END);
    return new Parsed(clauses, parser.scope.parameters());
  }

  /** Up to a closing parenthesis or the end; variables of a subquery end with it. */
  private List<Clause> clauses() {
    scope.open();
    List<Clause> clauses = new ArrayList<>();
    while (tokens.peek().kind() != Kind.END && !tokens.peek().is(Kind.SIGN, ")")) {
      clause(clauses);
    }
    scope.close();
    Clause last = clauses.isEmpty() ? null : clauses.get(clauses.size() - 1);
    boolean complete =
        last instanceof Clause.Return
            || last instanceof Clause.Insert
            || last instanceof Clause.Modify
            || last instanceof Clause.Remove;
    if (!complete) {
      throw ArangoError.parse("unexpected end of query string near " + tokens.peek().text());
    }
    return clauses;
  }

  private void clause(List<Clause> clauses) {
    String word = tokens.expect(Kind.KEYWORD);
    switch (word) {
      case "FOR" -> clauses.add(forClause());
      case "LET" -> {
        do {
          String name = tokens.expect(Kind.NAME);
          tokens.expect(Kind.SIGN, "=");
          clauses.add(new Clause.Let(name, expressions.expression()));
          scope.declare(name);
        } while (tokens.accept(Kind.SIGN, ","));
      }
      case "FILTER" -> clauses.add(new Clause.Filter(expressions.expression()));
      case "SORT" -> clauses.add(sort());
      case "LIMIT" -> clauses.add(new Clause.Limit(expressions.expression()));
      case "COLLECT" -> clauses.add(collect());
      case "INSERT" -> {
        Expression document = expressions.expression();
        tokens.expect(Kind.KEYWORD, "INTO");
        clauses.add(new Clause.Insert(document, modify(), options()));
        scope.declare("NEW");
      }
      case "UPDATE", "REPLACE" -> clauses.add(modify(word.equals("REPLACE")));
      case "REMOVE" -> {
        Expression key = expressions.expression();
        tokens.expect(Kind.KEYWORD, "IN");
        clauses.add(new Clause.Remove(key, modify(), options()));
        scope.declare("OLD");
      }
      case "RETURN" -> clauses.add(new Clause.Return(expressions.expression()));
      default -> throw ArangoError.parse("unexpected " + word);
    }
  }

  private Clause forClause() {
    String variable = tokens.expect(Kind.NAME);
    tokens.expect(Kind.KEYWORD, "IN");
    Token next = tokens.peek();
    boolean collection =
        next.kind() == Kind.NAME
            && !scope.knows(next.text())
            && !tokens.peekSecond().is(Kind.SIGN, "(");
    if (!collection) {
      Expression source = expressions.expression();
      scope.declare(variable);
      return new Clause.For(variable, null, source);
    }
    scope.declare(variable);
    String name = tokens.expect(Kind.NAME);
    refuseModified(name);
    return new Clause.For(variable, name, null);
  }

  private Clause modify(boolean replace) {
    Expression key = expressions.expression();
    tokens.expect(Kind.KEYWORD, "WITH");
    Expression with = expressions.expression();
    tokens.expect(Kind.KEYWORD, "IN");
    Clause clause = new Clause.Modify(replace, key, with, modify(), options());
    scope.declare("NEW");
    return clause;
  }

  private String modify() {
    String collection = tokens.expect(Kind.NAME);
    refuseModified(collection);
    modified.add(collection);
    return collection;
  }

  private void refuseModified(String collection) {
    if (modified.contains(collection)) {
      throw new ArangoError(
          400, 1579, "AQL: access after data-modification by collection '" + collection + "'");
    }
  }

  private Clause sort() {
    List<Clause.Key> keys = new ArrayList<>();
    do {
      Expression value = expressions.expression();
      keys.add(new Clause.Key(value, tokens.accept(Kind.KEYWORD, "DESC")));
    } while (tokens.accept(Kind.SIGN, ","));
    return new Clause.Sort(keys);
  }

  private Clause collect() {
    String group = tokens.expect(Kind.NAME);
    tokens.expect(Kind.SIGN, "=");
    Expression by = expressions.expression();
    tokens.expect(Kind.KEYWORD, "WITH");
    if (!tokens.expect(Kind.NAME).toUpperCase(Locale.ROOT).equals("COUNT")) {
      throw ArangoError.parse("expecting COUNT");
    }
    tokens.expect(Kind.KEYWORD, "INTO");
    String count = tokens.expect(Kind.NAME);
    scope.forget();
    scope.declare(group);
    scope.declare(count);
    return new Clause.CollectCount(group, by, count);
  }

  private Options options() {
    if (!tokens.peek().is(Kind.NAME, "OPTIONS")) {
      return Options.DEFAULTS;
    }
    tokens.take();
    Options options = Options.DEFAULTS;
    if (!(expressions.expression() instanceof Expression.ObjectOf object)) {
      throw ArangoError.parse("expecting an object after OPTIONS");
    }
    for (Member member : object.members()) {
      options = with(options, literal(member.name()), literal(member.value()));
    }
    return options;
  }

  private static Options with(Options o, String name, String value) {
    boolean on = value.equals("true");
    return switch (name) {
      case "keepNull" -> new Options(on, o.ignoreRevs(), o.ignoreErrors(), o.ignoreDuplicates());
      case "ignoreRevs" -> new Options(o.keepNull(), on, o.ignoreErrors(), o.ignoreDuplicates());
      case "ignoreErrors" -> new Options(o.keepNull(), o.ignoreRevs(), on, o.ignoreDuplicates());
      case "overwriteMode" -> {
        if (!value.equals("ignore")) {
          throw ArangoError.parse("overwriteMode " + value);
        }
        yield new Options(o.keepNull(), o.ignoreRevs(), o.ignoreErrors(), true);
      }
      default -> throw ArangoError.parse("option " + name);
    };
  }

  private static String literal(Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value().asText();
    }
    throw ArangoError.parse("expecting a literal in OPTIONS");
  }
}
