package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

/**
 * A channel of {@link MattermostDouble}.
 *
 * @param teamId empty for a direct one
 * @param type O for public, P for private, D for direct
 */
public record MattermostChannel(
    String id, String teamId, String name, String displayName, String type) {
  public MattermostChannel {
    requireNonNull(id, "id is null");
    requireNonNull(teamId, "teamId is null");
    requireNonNull(name, "name is null");
    requireNonNull(displayName, "displayName is null");
    requireNonNull(type, "type is null");
  }

  boolean open() {
    return type.equals("O");
  }

  boolean direct() {
    return type.equals("D");
  }
}
