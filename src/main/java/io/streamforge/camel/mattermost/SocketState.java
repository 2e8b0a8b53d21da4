package io.streamforge.camel.mattermost;

/**
 * What happened to the WebSocket itself; the header {@link #HEADER} of an exchange without body.
 */
public enum SocketState {
  /** The server has said hello: it knows us, and tells what happens from now on. */
  OPEN,
  /** It was closed, or could not be opened. */
  CLOSED,
  /** Nothing came for longer than the server's pings are apart. */
  SILENT,
  /** It opened, and nobody said hello: so does a server that does not accept the token. */
  NO_HELLO;

  /** The header's name. */
  public static final String HEADER = "MattermostSocket";
}
