package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads threads for one bot, whose commands are no part of what is said. */
public final class ThreadReading {
  private final ThreadReader reader = new ThreadReader();
  private final Commands commands;

  public ThreadReading(Commands commands) {
    this.commands = commands;
  }

  /** What counts of a thread, as Mattermost tells it, without the names yet. */
  public Reading read(JsonNode thread, String botId, String botName) {
    return reader.read(thread, botId, commands.to(botName));
  }

  /** The same with the names that Mattermost gives the users. */
  public Discussion discussion(Reading reading, JsonNode users) {
    return reading.discussion(users);
  }
}
