package io.streamforge.arango.aql;

import io.streamforge.arango.ArangoError;
import io.streamforge.arango.aql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a statement into tokens. */
final class Tokenizer {
  /** All that AQL reserves, so that none of them can be taken for a name. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "AGGREGATE",
          "ALL",
          "AND",
          "ANY",
          "ASC",
          "COLLECT",
          "DESC",
          "DISTINCT",
          "FALSE",
          "FILTER",
          "FOR",
          "GRAPH",
          "IN",
          "INBOUND",
          "INSERT",
          "INTO",
          "LET",
          "LIKE",
          "LIMIT",
          "NONE",
          "NOT",
          "NULL",
          "OR",
          "OUTBOUND",
          "REMOVE",
          "REPLACE",
          "RETURN",
          "SORT",
          "TRUE",
          "UPDATE",
          "UPSERT",
          "WINDOW",
          "WITH");

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<space>\\s+|//[^\\n]*)|(?<word>[A-Za-z_]\\w*)|@(?<parameter>[A-Za-z]\\w*)\
          |"(?<string>[^"\\\\]*)"|(?<number>\\d+)|(?<sign>\\[\\*]|==|!=|<=|>=|[-<>+?:.,=(){}\\[\\]])""");

  private Tokenizer() {}

  static List<Token> tokens(String statement) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(statement);
    int at = 0;
    while (at < statement.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw ArangoError.parse("unexpected '" + statement.charAt(at) + "' at " + at);
      }
      add(tokens, matcher);
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "end of query string"));
    return tokens;
  }

  private static void add(List<Token> tokens, Matcher matcher) {
    if (matcher.group("word") != null) {
      String word = matcher.group("word");
      String upper = word.toUpperCase(Locale.ROOT);
      boolean keyword = KEYWORDS.contains(upper);
      tokens.add(new Token(keyword ? Kind.KEYWORD : Kind.NAME, keyword ? upper : word));
    } else if (matcher.group("parameter") != null) {
      tokens.add(new Token(Kind.PARAMETER, matcher.group("parameter")));
    } else if (matcher.group("string") != null) {
      tokens.add(new Token(Kind.STRING, matcher.group("string")));
    } else if (matcher.group("number") != null) {
      tokens.add(new Token(Kind.NUMBER, matcher.group("number")));
    } else if (matcher.group("sign") != null) {
      tokens.add(new Token(Kind.SIGN, matcher.group("sign")));
    }
  }
}
