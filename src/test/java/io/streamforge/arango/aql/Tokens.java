package io.streamforge.arango.aql;

import io.streamforge.arango.ArangoError;
import io.streamforge.arango.aql.Token.Kind;
import java.util.List;

/** The tokens of a statement, taken one after the other. */
final class Tokens {
  private final List<Token> all;
  private int at;

  Tokens(String statement) {
    this.all = Tokenizer.tokens(statement);
  }

  /** The next one, which stays. */
  Token peek() {
    return all.get(at);
  }

  /** The one after the next; at the end it is the end again. */
  Token peekSecond() {
    return all.get(Math.min(at + 1, all.size() - 1));
  }

  Token take() {
    return all.get(at++);
  }

  /** Takes the next one if it is that. */
  boolean accept(Kind kind, String text) {
    boolean found = peek().is(kind, text);
    at += found ? 1 : 0;
    return found;
  }

  /** Takes the next one, which must be of that kind. */
  String expect(Kind kind) {
    if (peek().kind() != kind) {
      throw ArangoError.parse("unexpected '" + peek().text() + "', expecting " + kind);
    }
    return take().text();
  }

  /** Takes the next one, which must be that. */
  void expect(Kind kind, String text) {
    if (!accept(kind, text)) {
      throw ArangoError.parse("unexpected '" + peek().text() + "', expecting " + text);
    }
  }
}
