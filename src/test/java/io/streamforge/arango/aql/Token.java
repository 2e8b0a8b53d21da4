package io.streamforge.arango.aql;

/**
 * A word, a sign or a value of a statement.
 *
 * @param text keywords in capitals, values without their quotes
 */
record Token(Kind kind, String text) {
  enum Kind {
    KEYWORD,
    NAME,
    PARAMETER,
    STRING,
    NUMBER,
    SIGN,
    END
  }

  boolean is(Kind kind, String text) {
    return this.kind == kind && this.text.equals(text);
  }
}
