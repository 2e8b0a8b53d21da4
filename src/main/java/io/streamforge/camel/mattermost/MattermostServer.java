package io.streamforge.camel.mattermost;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * Where Mattermost is, who we are there, and how long it has for what.
 *
 * @param url with a sub-path and a port if it has them, without a slash at the end; empty: there is
 *     none
 * @param token the access token of our account
 * @param caPath a PEM file of the authorities to trust; empty: those that the system trusts
 * @param connectTimeout how long it has to take a connection
 * @param responseTimeout how long it has to begin an answer, and how long to finish it
 * @param connections how many requests there are at the same time at most
 * @param helloTimeout how long a new WebSocket has to say hello
 * @param silence how long a WebSocket may say nothing, pings included
 * @param reconnectDelay the first wait before a lost WebSocket is opened again
 * @param longestReconnectDelay the longest such wait
 */
public record MattermostServer(
    String url,
    String token,
    String caPath,
    Duration connectTimeout,
    Duration responseTimeout,
    int connections,
    Duration helloTimeout,
    Duration silence,
    Duration reconnectDelay,
    Duration longestReconnectDelay) {

  public MattermostServer {
    requireNonNull(url, "url is null");
    requireNonNull(token, "token is null");
    requireNonNull(caPath, "caPath is null");
    requireNonNull(connectTimeout, "connectTimeout is null");
    requireNonNull(responseTimeout, "responseTimeout is null");
    requireNonNull(helloTimeout, "helloTimeout is null");
    requireNonNull(silence, "silence is null");
    requireNonNull(reconnectDelay, "reconnectDelay is null");
    requireNonNull(longestReconnectDelay, "longestReconnectDelay is null");
    if (url.endsWith("/")) {
      throw new IllegalArgumentException("the address ends with a slash: " + url);
    }
    if (connections < 1) {
      throw new IllegalArgumentException("there must be at least one connection: " + connections);
    }
  }

  /** The address of the WebSocket, with the sub-path and the port of the server's. */
  URI webSocket() {
    return URI.create(url.replaceFirst("^http", "ws") + "/api/v4/websocket");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return url;
  }
}
