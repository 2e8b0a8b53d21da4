package io.streamforge.playground;

import java.security.SecureRandom;

/** Names as Mattermost makes them: 26 small letters and digits. */
final class MattermostIds {
  private static final String ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769";
  private static final int LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  private MattermostIds() {}

  static String next() {
    StringBuilder id = new StringBuilder(LENGTH);
    RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(letter -> id.append(ALPHABET.charAt(letter)));
    return id.toString();
  }
}
