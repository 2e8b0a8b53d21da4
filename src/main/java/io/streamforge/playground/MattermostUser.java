package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

/**
 * An account of {@link MattermostDouble}.
 *
 * @param token what lets it in; worthless once it is revoked
 */
public record MattermostUser(String id, String username, String token, boolean bot) {
  public MattermostUser {
    requireNonNull(id, "id is null");
    requireNonNull(username, "username is null");
    requireNonNull(token, "token is null");
  }

  @Override
  public String toString() {
    return username;
  }
}
