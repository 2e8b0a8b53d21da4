package io.streamforge;

import java.util.Map;

/** The levels of the log, to be seen and changed over JMX while the service runs. */
public interface LogLevelsMXBean {

  /** The least level that is logged, by logger; {@code root} is for all that are not named. */
  Map<String, String> getLevels();

  /**
   * Sets the least level that a logger, and all below it that are not named, logs; until the
   * service ends.
   *
   * @param logger its name, such as {@code io.streamforge.camel.kafka}, or {@code root}
   * @param level OFF, ERROR, WARN, INFO, DEBUG or TRACE
   * @throws IllegalArgumentException when one of them is none
   */
  void setLevel(String logger, String level);

  /** Sets every level back to what it was after the start. */
  void reset();
}
