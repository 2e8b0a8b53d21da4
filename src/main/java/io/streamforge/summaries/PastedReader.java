package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages that somebody else's system hands over: {@code [{"user", "text", "at"?}]}, in the
 * order in which they were said.
 */
public final class PastedReader {
  /** More than the longest thread that is read from Mattermost. */
  private static final int MOST = 5000;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when they cannot be read; the message is fit to be shown to
   *     whoever sent them
   */
  public Discussion read(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new IllegalArgumentException("messages must be a list with at least one message");
    }
    if (messages.size() > MOST) {
      throw new IllegalArgumentException("messages has more than " + MOST + " entries");
    }
    List<Message> read = new ArrayList<>();
    for (JsonNode message : messages) {
      int number = read.size() + 1;
      String place = "messages[" + (number - 1) + "]";
      String author = AuthorNames.plain(text(message, "user", place));
      if (author.isEmpty()) {
        throw new IllegalArgumentException(place + ".user names nobody");
      }
      read.add(
          new Message(
              number,
              "",
              author,
              text(message, "text", place),
              at(message.path("at"), place),
              List.of(),
              0));
    }
    return new Discussion("", "", read);
  }

  private static String text(JsonNode message, String field, String place) {
    JsonNode text = message.path(field);
    if (!text.isTextual()) {
      throw new IllegalArgumentException(place + "." + field + " must be a text");
    }
    return text.asText();
  }

  /** 1970 stands for a time that was not told. */
  private static Instant at(JsonNode at, String place) {
    if (at.isMissingNode() || at.isNull()) {
      return Instant.EPOCH;
    }
    try {
      return OffsetDateTime.parse(at.asText()).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(place + ".at must be a time like 2026-01-31T10:00:00Z", e);
    }
  }
}
