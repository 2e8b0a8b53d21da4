package io.streamforge;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
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
    Optional<Peer> mattermost,
    Optional<Peer> websocket,
    Optional<Peer> llm) {

  /** A user of Mattermost. */
  public record Account(String id, String username) {
    public Account {
      requireNonNull(id, "id is null");
      requireNonNull(username, "username is null");
    }
  }

  /**
   * One of those it talks to.
   *
   * @param since since when it has been connected, or not
   * @param error what was last wrong; empty if nothing was so far
   */
  public record Peer(boolean connected, Instant since, Optional<Dependency.Trouble> error) {
    public Peer {
      requireNonNull(since, "since is null");
      requireNonNull(error, "error is null");
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
    return isConnected(mattermost);
  }

  boolean websocketConnected() {
    return isConnected(websocket);
  }

  boolean llmConnected() {
    return isConnected(llm);
  }

  private static boolean isConnected(Optional<Peer> peer) {
    return peer.map(Peer::connected).orElse(false);
  }
}
