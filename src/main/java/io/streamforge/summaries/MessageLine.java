package io.streamforge.summaries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Messages as a model is given them: JSON, each on a line of its own, so that they stay data. */
final class MessageLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No token is estimated to hold more characters. */
  private static final int MOST_CHARACTERS = 8;

  /** What two estimates may be less than that of both texts together, the line end included. */
  private static final int ROUNDING = 4;

  private MessageLine() {}

  /**
   * A message on one line.
   *
   * @param withDay whether the day is told
   */
  static String of(Message message, boolean withDay) {
    return of(message, withDay, message.text(), "");
  }

  /** The day on which it was said, nothing when that was not told. */
  static LocalDate day(Message message) {
    return LocalDate.ofInstant(message.at(), ZoneOffset.UTC);
  }

  static boolean isTimed(Message message) {
    return !message.at().equals(Instant.EPOCH);
  }

  /** A message that is too long for a line, on several: every character of it is in one. */
  static List<String> pieces(Message message, int mostTokens) {
    List<String> texts = new ArrayList<>();
    int around = TokenEstimate.of(of(message, true, "", "1000/1000")) + ROUNDING;
    int most = Math.max(mostTokens - around, 16);
    String text = message.text();
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from, most);
      texts.add(text.substring(from, to));
      from = to;
    }
    List<String> lines = new ArrayList<>();
    for (String piece : texts) {
      lines.add(of(message, isTimed(message), piece, (lines.size() + 1) + "/" + texts.size()));
    }
    return lines;
  }

  /** Where the piece that begins there ends: after a blank if there is one in its second half. */
  private static int end(String text, int from, int most) {
    int to = Math.min(text.length(), from + most * MOST_CHARACTERS);
    while (to - from > 1 && weight(text.substring(from, to)) > most) {
      to = from + (to - from) * 3 / 4;
    }
    if (to == text.length()) {
      return to;
    }
    for (int at = to; at > from + (to - from) / 2; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    boolean halved = Character.isHighSurrogate(text.charAt(to - 1));
    return halved ? (to - 1 > from ? to - 1 : to + 1) : to;
  }

  private static int weight(String text) {
    return TokenEstimate.of(new String(JsonStringEncoder.getInstance().quoteAsString(text)));
  }

  private static String of(Message message, boolean withDay, String text, String part) {
    ObjectNode line = JSON.createObjectNode();
    line.put("post", message.number());
    line.put("user", message.author());
    if (withDay) {
      line.put("day", day(message).toString());
    }
    if (!part.isEmpty()) {
      line.put("part", part);
    }
    line.put("text", text);
    if (!message.files().isEmpty()) {
      message.files().forEach(line.withArray("files")::add);
    }
    if (message.reactions() > 0) {
      line.put("reactions", message.reactions());
    }
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written as JSON", e);
    }
  }
}
