package io.streamforge;

import java.io.PrintStream;

/** Tells an operator what is set, and whether each dependency is there, without serving anybody. */
final class SelfCheck {
  private static final long BROKER_START_SECONDS = 60;

  private SelfCheck() {}

  /** Prints settings and findings; tells whether all is well. */
  static boolean run(Settings settings, PrintStream out) {
    settings.shown().forEach((setting, value) -> out.println(setting + "=" + value));
    out.println("store: " + settings.text("store") + " (" + settings.text("store.reason") + ")");
    out.println(
        "launcher: " + settings.text("launcher") + " (" + settings.text("launcher.reason") + ")");
    return false;
  }
}
