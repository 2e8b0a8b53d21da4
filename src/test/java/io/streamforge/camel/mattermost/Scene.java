package io.streamforge.camel.mattermost;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostTeam;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import java.util.HashMap;
import java.util.Map;

/** A server with a bot and a person in a channel, and the positions that processes leave behind. */
final class Scene implements AutoCloseable {
  final MattermostDouble server;
  final MattermostUser bot;
  final MattermostUser alice;
  final MattermostTeam team;
  final MattermostChannel channel;
  final MattermostRoutes.Positions positions = new MattermostRoutes.Positions();

  Scene(MattermostVersion version) {
    this(new MattermostDouble(version));
  }

  Scene(MattermostDouble server) {
    this.server = server;
    bot = server.bot("summary-bot");
    alice = server.user("alice");
    team = server.team("dev");
    channel = server.channel(team, "incidents", bot, alice);
  }

  /** A process that listens; settings are pairs of name and value. */
  MattermostRoutes process(String... settings) throws Exception {
    return new MattermostRoutes(server, bot, positions, pairs(settings));
  }

  static Map<String, String> pairs(String... settings) {
    Map<String, String> differing = new HashMap<>();
    for (int at = 0; at < settings.length; at += 2) {
      differing.put(settings[at], settings[at + 1]);
    }
    return differing;
  }

  /** Up to where was read; 0 before the first time. */
  long position() {
    return positions.byName.getOrDefault("mattermost-" + bot.id(), 0L);
  }

  @Override
  public void close() {
    server.close();
  }
}
