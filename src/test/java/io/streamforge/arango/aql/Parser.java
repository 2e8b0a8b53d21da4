package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamforge.arango.ArangoError;
import io.streamforge.arango.aql.Clause.Options;
import io.streamforge.arango.aql.Expression.Member;
import io.streamforge.arango.aql.Expression.Operator;
import io.streamforge.arango.aql.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a statement; what is not understood is a parse error, as is what AQL itself refuses. */
final class Parser {
  private final List<Token> tokens;
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> modified = new HashSet<>();
  private Set<String> variables = new HashSet<>();
  private int at;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** What a statement consists of, and the bind parameters that it needs. */
  record Parsed(List<Clause> clauses, Set<String> parameters) {}

  static Parsed parse(String statement) {
    Parser parser = new Parser(Tokenizer.tokens(statement));
    List<Clause> clauses = parser.clauses();
    parser.expect(Kind.END, parser.peek().text());
    return new Parsed(clauses, Set.copyOf(parser.parameters));
  }

  /** Up to a closing parenthesis or the end; variables of a subquery end with it. */
  private List<Clause> clauses() {
    Set<String> outer = variables;
    variables = new HashSet<>(outer);
    List<Clause> clauses = new ArrayList<>();
    while (peek().kind() != Kind.END && !peek().is(Kind.SIGN, ")")) {
      clause(clauses);
    }
    variables = outer;
    Clause last = clauses.isEmpty() ? null : clauses.get(clauses.size() - 1);
    boolean complete =
        last instanceof Clause.Return
            || last instanceof Clause.Insert
            || last instanceof Clause.Modify;
    if (!complete) {
      throw ArangoError.parse("unexpected end of query string near " + peek().text());
    }
    return clauses;
  }

  private void clause(List<Clause> clauses) {
    String word = expect(Kind.KEYWORD);
    switch (word) {
      case "FOR" -> clauses.add(forClause());
      case "LET" -> {
        do {
          String name = expect(Kind.NAME);
          expect(Kind.SIGN, "=");
          clauses.add(new Clause.Let(name, expression()));
          declare(name);
        } while (accept(Kind.SIGN, ","));
      }
      case "FILTER" -> clauses.add(new Clause.Filter(expression()));
      case "SORT" -> clauses.add(sort());
      case "LIMIT" -> clauses.add(new Clause.Limit(expression()));
      case "COLLECT" -> clauses.add(collect());
      case "INSERT" -> {
        Expression document = expression();
        expect(Kind.KEYWORD, "INTO");
        clauses.add(new Clause.Insert(document, modify(), options()));
        declare("NEW");
      }
      case "UPDATE", "REPLACE" -> clauses.add(modify(word.equals("REPLACE")));
      case "RETURN" -> clauses.add(new Clause.Return(expression()));
      default -> throw ArangoError.parse("unexpected " + word);
    }
  }

  private Clause forClause() {
    String variable = expect(Kind.NAME);
    expect(Kind.KEYWORD, "IN");
    Token next = peek();
    boolean collection =
        next.kind() == Kind.NAME
            && !variables.contains(next.text())
            && !tokens.get(at + 1).is(Kind.SIGN, "(");
    if (!collection) {
      Expression source = expression();
      declare(variable);
      return new Clause.For(variable, null, source);
    }
    declare(variable);
    String name = expect(Kind.NAME);
    refuseModified(name);
    return new Clause.For(variable, name, null);
  }

  private Clause modify(boolean replace) {
    Expression key = expression();
    expect(Kind.KEYWORD, "WITH");
    Expression with = expression();
    expect(Kind.KEYWORD, "IN");
    Clause clause = new Clause.Modify(replace, key, with, modify(), options());
    declare("NEW");
    return clause;
  }

  private String modify() {
    String collection = expect(Kind.NAME);
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
      Expression value = expression();
      keys.add(new Clause.Key(value, accept(Kind.KEYWORD, "DESC")));
    } while (accept(Kind.SIGN, ","));
    return new Clause.Sort(keys);
  }

  private Clause collect() {
    String group = expect(Kind.NAME);
    expect(Kind.SIGN, "=");
    Expression by = expression();
    expect(Kind.KEYWORD, "WITH");
    if (!expect(Kind.NAME).toUpperCase(Locale.ROOT).equals("COUNT")) {
      throw ArangoError.parse("expecting COUNT");
    }
    expect(Kind.KEYWORD, "INTO");
    String count = expect(Kind.NAME);
    variables.clear();
    declare(group);
    declare(count);
    return new Clause.CollectCount(group, by, count);
  }

  private Options options() {
    if (!peek().is(Kind.NAME, "OPTIONS")) {
      return Options.DEFAULTS;
    }
    at++;
    Options options = Options.DEFAULTS;
    if (!(primary() instanceof Expression.ObjectOf object)) {
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

  private Expression expression() {
    Expression condition = binary(1);
    if (!accept(Kind.SIGN, "?")) {
      return condition;
    }
    Expression yes = expression();
    expect(Kind.SIGN, ":");
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
    Token next = peek();
    boolean any = next.is(Kind.KEYWORD, "ANY") && tokens.get(at + 1).is(Kind.KEYWORD, "IN");
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
    boolean target = operator == Operator.IN && isCollection(tokens.get(at + 1));
    if (operator == null || !sign || operator.rank != rank || target) {
      return null;
    }
    at += any ? 2 : 1;
    return operator;
  }

  private boolean isCollection(Token token) {
    return token.kind() == Kind.NAME && !variables.contains(token.text());
  }

  private Expression postfix() {
    Expression value = primary();
    while (true) {
      if (accept(Kind.SIGN, ".")) {
        value = new Expression.Attribute(value, attribute());
      } else if (accept(Kind.SIGN, "[*]")) {
        List<String> path = new ArrayList<>();
        while (accept(Kind.SIGN, ".")) {
          path.add(attribute());
        }
        value = new Expression.Expansion(value, path);
      } else {
        return value;
      }
    }
  }

  private String attribute() {
    return expect(Kind.NAME);
  }

  private Expression primary() {
    Token token = tokens.get(at++);
    return switch (token.kind()) {
      case STRING -> new Expression.Literal(TextNode.valueOf(token.text()));
      case NUMBER -> new Expression.Literal(LongNode.valueOf(Long.parseLong(token.text())));
      case PARAMETER -> {
        parameters.add(token.text());
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
    if (accept(Kind.SIGN, "(")) {
      boolean subquery = startsQuery();
      return new Expression.Call(
          Functions.known(name), subquery ? List.of(parenthesis()) : list(")"));
    }
    if (!variables.contains(name)) {
      throw ArangoError.parse("unknown variable " + name);
    }
    return new Expression.Variable(name);
  }

  private boolean startsQuery() {
    return peek().is(Kind.KEYWORD, "FOR");
  }

  private Expression parenthesis() {
    Expression inside = startsQuery() ? new Expression.Subquery(clauses()) : expression();
    expect(Kind.SIGN, ")");
    return inside;
  }

  private List<Expression> list(String end) {
    List<Expression> elements = new ArrayList<>();
    if (accept(Kind.SIGN, end)) {
      return elements;
    }
    do {
      elements.add(expression());
    } while (accept(Kind.SIGN, ","));
    expect(Kind.SIGN, end);
    return elements;
  }

  private Expression object() {
    List<Member> members = new ArrayList<>();
    if (accept(Kind.SIGN, "}")) {
      return new Expression.ObjectOf(members);
    }
    do {
      Expression name;
      if (accept(Kind.SIGN, "[")) {
        name = expression();
        expect(Kind.SIGN, "]");
      } else {
        name = new Expression.Literal(TextNode.valueOf(expect(Kind.NAME)));
      }
      expect(Kind.SIGN, ":");
      members.add(new Member(name, expression()));
    } while (accept(Kind.SIGN, ","));
    expect(Kind.SIGN, "}");
    return new Expression.ObjectOf(members);
  }

  private void declare(String variable) {
    if (!variables.add(variable) && !variable.equals("NEW")) {
      throw new ArangoError(
          400, 1511, "AQL: variable '" + variable + "' is assigned multiple times");
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(Kind kind, String text) {
    boolean found = peek().is(kind, text);
    at += found ? 1 : 0;
    return found;
  }

  private String expect(Kind kind) {
    if (peek().kind() != kind) {
      throw ArangoError.parse("unexpected '" + peek().text() + "', expecting " + kind);
    }
    return tokens.get(at++).text();
  }

  private void expect(Kind kind, String text) {
    if (!accept(kind, text)) {
      throw ArangoError.parse("unexpected '" + peek().text() + "', expecting " + text);
    }
  }
}
