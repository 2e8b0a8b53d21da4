package io.streamforge.summaries;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What only the creator of a summary of pasted messages knows: the key by which it is asked for.
 * The summary is kept, and listed, under an id that is made from the key and does not tell it.
 */
public final class SummaryKey {
  private static final String SECRET = "key-";
  private static final String PUBLIC = "pasted-";

  private SummaryKey() {}

  /** A key that nobody else has. */
  static String create() {
    return SECRET + UUID.randomUUID();
  }

  /** The id under which the summary that somebody asks for is kept. */
  public static String storedId(String asked) {
    if (!asked.startsWith(SECRET)) {
      return asked;
    }
    byte[] hash = Fingerprints.sha256().digest(asked.getBytes(StandardCharsets.UTF_8));
    return PUBLIC + HexFormat.of().formatHex(hash, 0, 16);
  }

  /** Whether somebody asks by a key. */
  static boolean isKey(String asked) {
    return asked.startsWith(SECRET);
  }
}
