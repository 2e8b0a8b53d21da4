package io.streamforge;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known of the bot and of those it talks to, as they were last seen: nobody is asked for
 * it.
 *
 * @param account who it is on Mattermost, once it has been told
 * @param mattermost whether its REST API takes our token; empty when none is set up
 * @param websocket whether events come in; empty when no Mattermost is set up
 * @param llm whether the server of the model answers; empty when none is set up
 */
public record BotState(
    Optional<Account> account,
    Optional<Dependency.State> mattermost,
    Optional<Dependency.State> websocket,
    Optional<Dependency.State> llm) {

  /** A user of Mattermost. */
  public record Account(String id, String username) {
    public Account {
      requireNonNull(id, "id is null");
      requireNonNull(username, "username is null");
    }
  }

  public BotState {
    requireNonNull(account, "account is null");
    if (mattermost.isPresent() != websocket.isPresent()) {
      throw new IllegalArgumentException("the WebSocket is one of Mattermost's");
    }
    requireNonNull(llm, "llm is null");
  }

  /** Whether it does its work, or tries to: without a Mattermost it is off. */
  boolean running() {
    return mattermost.isPresent();
  }

  boolean mattermostConnected() {
    return isUp(mattermost);
  }

  boolean websocketConnected() {
    return isUp(websocket);
  }

  boolean llmConnected() {
    return isUp(llm);
  }

  private static boolean isUp(Optional<Dependency.State> peer) {
    return peer.map(Dependency.State::up).orElse(false);
  }
}
