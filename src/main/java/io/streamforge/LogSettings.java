package io.streamforge;

import java.util.Locale;

/** Tells the configuration of the logging, which is read when the first line is logged. */
final class LogSettings {
  private LogSettings() {}

  /** Hands the settings over; too late once something was logged. */
  static void apply(Settings settings) {
    String level = settings.text("log.level").toUpperCase(Locale.ROOT);
    boolean more = settings.text("debug").equals("true") && !level.equals("TRACE");
    System.setProperty("log.file", settings.text("log.file"));
    System.setProperty("log.format", settings.text("log.format"));
    System.setProperty("log.level", level);
    System.setProperty("log.level.own", more ? "DEBUG" : level);
    // For libraries that talk much.
    System.setProperty("log.level.quiet", level.equals("ERROR") ? "ERROR" : "WARN");
  }
}
