package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

/** A team of {@link MattermostDouble}. */
public record MattermostTeam(String id, String name) {
  public MattermostTeam {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
  }
}
