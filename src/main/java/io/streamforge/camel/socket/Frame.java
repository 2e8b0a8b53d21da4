package io.streamforge.camel.socket;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to tell the clients of a live socket.
 *
 * <p>The sequence is the frame's place in its source (a Kafka offset, say): rising, with gaps, and
 * the same texts under the same sequence whenever the source is read again. A frame with a negative
 * sequence is told once and not kept. A numbered frame without texts tells nobody anything, but
 * says that the source was read up to there, so that no gap is suspected where there is none.
 *
 * @param sequence the place in the source, or negative for a frame that is not kept
 * @param key what clients filter by; null for everybody
 * @param texts the text for each format; {@link #ANY_FORMAT} stands for those not named
 */
public record Frame(long sequence, @Nullable String key, Map<String, String> texts) {

  /** Names the text for clients whose own format has none. */
  public static final String ANY_FORMAT = "*";

  private static final long UNNUMBERED = -1;

  public Frame {
    texts = Map.copyOf(texts);
  }

  /** A frame that everybody gets and that is not kept, such as a heartbeat. */
  public static Frame forEverybody(Map<String, String> texts) {
    return new Frame(UNNUMBERED, null, texts);
  }

  boolean isNumbered() {
    return sequence >= 0;
  }

  /** The length of all its texts. */
  int characters() {
    int sum = 0;
    for (String text : texts.values()) {
      sum += text.length();
    }
    return sum;
  }

  @Nullable String text(String format) {
    String text = texts.get(format);
    return text == null ? texts.get(ANY_FORMAT) : text;
  }
}
