package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.playground.Playground;
import io.streamforge.playground.StandInModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the service what there is to try it with, where the settings ask for that. */
final class Furnishing {
  private Furnishing() {}

  /**
   * Opens the playground, if there is to be one.
   *
   * @throws WrongSettingException when it cannot be opened
   */
  static @Nullable Playground playground(Settings settings) {
    if (!settings.text("playground").equals("true")) {
      return null;
    }
    if (!settings.text("mattermost.url").isEmpty()) {
      throw new WrongSettingException(
          "Setting PLAYGROUND=true is wrong: MATTERMOST_URL is set, and there is one bot only");
    }
    MattermostVersion version = MattermostVersion.of(settings.text("playground.version"));
    int port = settings.number("playground.port");
    try {
      return new Playground(version, port);
    } catch (IOException e) {
      throw new WrongSettingException(
          "Setting PLAYGROUND_PORT=" + port + " is wrong: " + e.getMessage());
    }
  }

  /** The settings with the Mattermost of the playground, and with its model if there is none. */
  static Settings furnished(Settings settings, @Nullable Playground playground) {
    if (playground == null) {
      return settings;
    }
    Map<String, String> bot = new HashMap<>();
    bot.put("mattermost.url", playground.mattermostUrl());
    bot.put("mattermost.token", playground.token());
    if (settings.text("llm").equals("none")) {
      bot.put("llm.base.url", playground.modelUrl());
      bot.put("llm.model", StandInModel.NAME);
    }
    return settings.furnished(bot);
  }
}
