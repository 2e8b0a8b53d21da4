package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.TabularData;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The levels of the log as somebody with a JMX client sees and changes them. */
class LogLevelsTest {
  private static final String LOGGER = "io.streamforge.some.part";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @BeforeEach
  void install() {
    LogLevels.install();
  }

  @AfterEach
  void reset() throws Exception {
    call("reset");
  }

  private Object call(String operation, String... arguments) throws Exception {
    String[] types = new String[arguments.length];
    java.util.Arrays.fill(types, String.class.getName());
    return beans.invoke(new ObjectName(LogLevels.NAME), operation, arguments, types);
  }

  private static Level level(String logger) {
    return LogManager.getLogger(logger).getLevel();
  }

  private boolean shows(String logger) throws Exception {
    TabularData levels = (TabularData) beans.getAttribute(new ObjectName(LogLevels.NAME), "Levels");
    return levels.containsKey(new Object[] {logger});
  }

  @Test
  void a_level_is_changed_while_the_process_runs_and_set_back() throws Exception {
    Level before = level(LOGGER);
    call("setLevel", LOGGER, "trace");
    assertThat(level(LOGGER)).isEqualTo(Level.TRACE);
    assertThat(level(LOGGER + ".below")).isEqualTo(Level.TRACE);
    assertThat(level("io.streamforge.other")).isEqualTo(before);
    assertThat(shows(LOGGER)).isTrue();
    call("reset");
    assertThat(level(LOGGER)).isEqualTo(before);
    assertThat(shows(LOGGER)).isFalse();
  }

  @Test
  void a_library_that_is_kept_quiet_can_be_heard() throws Exception {
    Level before = level("org.apache.camel.any");
    call("setLevel", "org.apache.camel", "DEBUG");
    assertThat(level("org.apache.camel.any")).isEqualTo(Level.DEBUG);
    call("reset");
    assertThat(level("org.apache.camel.any")).isEqualTo(before);
  }

  @Test
  void the_root_is_what_is_not_named() throws Exception {
    assertThat(shows("root")).isTrue();
    call("setLevel", "root", "ERROR");
    assertThat(level("org.example")).isEqualTo(Level.ERROR);
  }

  @ParameterizedTest
  @CsvSource({LOGGER + ",LOUD,not a level", "'a b',INFO,not a logger", "'',INFO,not a logger"})
  void what_is_none_is_refused_and_changes_nothing(String logger, String level, String told)
      throws Exception {
    Level before = level(LOGGER);
    assertThatThrownBy(() -> call("setLevel", logger, level))
        .isInstanceOf(RuntimeMBeanException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining(told);
    assertThat(level(LOGGER)).isEqualTo(before);
  }

  @Test
  void log4js_own_beans_which_can_do_more_are_off() throws Exception {
    LogManager.getLogger(LOGGER);
    assertThat(beans.queryNames(new ObjectName("org.apache.logging.log4j2:*"), null)).isEmpty();
  }
}
