package io.streamforge;

import io.streamforge.camel.access.NewToken;
import java.io.PrintStream;

/** {@code --new-token NAME SCOPE}: makes a token for somebody, without anything running. */
final class TokenCommand {
  private TokenCommand() {}

  /** Prints the token and its entry; 0, or 2 with a word on what is wrong. */
  static int run(String[] arguments, PrintStream out, PrintStream errors) {
    if (arguments.length != 3) {
      errors.println("--new-token takes a name and a scope: --new-token ci operate");
      return 2;
    }
    try {
      NewToken token = NewToken.of(arguments[1], arguments[2]);
      out.println("For " + token.entry().name() + ", shown this once and kept nowhere:");
      out.println("  " + token.secret());
      out.println("For API_TOKENS, or as a line of API_TOKENS_FILE:");
      out.println("  " + token.entry().entry());
      return 0;
    } catch (IllegalArgumentException e) {
      errors.println("--new-token: " + e.getMessage());
      return 2;
    }
  }
}
