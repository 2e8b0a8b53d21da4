package io.streamforge.camel.access;

import java.util.Arrays;
import java.util.Locale;

/** What a caller may do; each scope includes those before it. */
public enum Scope {
  /** What needs no token. */
  ANYONE,
  /** Looking at everything. */
  READ,
  /** Starting and stopping things too. */
  OPERATE,
  /** Changing the service itself too. */
  ADMIN;

  /** Whether whoever has this scope may do what needs the other. */
  public boolean includes(Scope needed) {
    return compareTo(needed) >= 0;
  }

  /** As it is written in settings, contracts and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope that a token can have by that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scope of(String word) {
    return Arrays.stream(values())
        .filter(scope -> scope != ANYONE && scope.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a scope is read, operate or admin, not " + word));
  }
}
