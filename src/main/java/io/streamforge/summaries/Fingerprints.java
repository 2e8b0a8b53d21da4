package io.streamforge.summaries;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a summary would be made of the same: the same messages, prompt and model. */
public final class Fingerprints {
  private final String maker;

  /**
   * @param maker what the summary depends on beside the messages: the prompt, the model, the
   *     language
   */
  public Fingerprints(String maker) {
    this.maker = maker;
  }

  /** Stands for the discussion as it would be summarised now; an edited message is another one. */
  public String of(Discussion discussion) {
    MessageDigest digest = sha256();
    add(digest, maker);
    for (Message message : discussion.messages()) {
      add(digest, message.postId());
      add(digest, message.author());
      add(digest, message.text());
      message.files().forEach(file -> add(digest, file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
