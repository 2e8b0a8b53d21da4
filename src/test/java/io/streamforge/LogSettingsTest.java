package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logging as it is configured by the settings, in a context of its own. */
class LogSettingsTest {
  private static final List<String> PROPERTIES =
      List.of("log.file", "log.format", "log.level", "log.level.own", "log.level.quiet");
  private final Properties before = new Properties();

  @BeforeEach
  void remember() {
    PROPERTIES.stream()
        .filter(name -> System.getProperty(name) != null)
        .forEach(name -> before.setProperty(name, System.getProperty(name)));
  }

  @AfterEach
  void restore() {
    PROPERTIES.forEach(
        name -> {
          if (before.containsKey(name)) {
            System.setProperty(name, before.getProperty(name));
          } else {
            System.clearProperty(name);
          }
        });
  }

  /** Knows which of its classes were loaded. */
  private static final class FreshClasses extends URLClassLoader {
    FreshClasses() throws IOException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(path).toUri().toURL());
      }
      return urls.toArray(new URL[0]);
    }

    boolean hasLoaded(String name) {
      return findLoadedClass(name) != null;
    }
  }

  @Test
  void nothing_logs_before_the_settings_say_where_to() throws Exception {
    try (FreshClasses fresh = new FreshClasses()) {
      Class<?> settings = fresh.loadClass(Settings.class.getName());
      settings.getMethod("load", Path.class, Map.class).invoke(null, Path.of(""), Map.of());

      assertThat(fresh.hasLoaded(SettingRules.class.getName())).isTrue();
      assertThat(fresh.hasLoaded("org.slf4j.LoggerFactory")).isFalse();
      assertThat(fresh.hasLoaded("org.apache.logging.log4j.LogManager")).isFalse();
    }
  }

  private static Settings settings(Map<String, String> differing) {
    Map<String, String> environment = new HashMap<>(Map.of("LOG_FILE", ""));
    environment.putAll(differing);
    return Settings.load(Path.of(""), environment);
  }

  /** The least level at which a logger still says something. */
  private static Level least(Map<String, String> environment, String logger) throws Exception {
    LogSettings.apply(settings(environment));
    URI file = LogSettingsTest.class.getResource("/log4j2.xml").toURI();
    try (LoggerContext context = new LoggerContext("test", null, file)) {
      context.start();
      Level least = Level.OFF;
      for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE)) {
        var event = Log4jLogEvent.newBuilder().setLevel(level).setLoggerName(logger).build();
        boolean kept = !context.getConfiguration().isFiltered(event);
        if (kept && context.getLogger(logger).isEnabled(level)) {
          least = level;
        }
      }
      return least;
    }
  }

  @Test
  void by_default_everything_from_info_on_is_logged() throws Exception {
    assertThat(least(Map.of(), "io.streamforge.queues.X")).isEqualTo(Level.INFO);
    assertThat(least(Map.of(), "org.example")).isEqualTo(Level.INFO);
    assertThat(least(Map.of(), "org.apache.camel.X")).isEqualTo(Level.WARN);
  }

  @ParameterizedTest
  @CsvSource({"ERROR", "WARN", "INFO", "DEBUG", "TRACE"})
  void the_level_that_is_set_holds_for_us_and_for_others(String level) throws Exception {
    Level expected = Level.valueOf(level);

    assertThat(least(Map.of("LOG_LEVEL", level), "io.streamforge.X")).isEqualTo(expected);
    assertThat(least(Map.of("LOG_LEVEL", level.toLowerCase(java.util.Locale.ROOT)), "org.example"))
        .isEqualTo(expected);
  }

  @Test
  void libraries_that_talk_much_do_not_go_below_the_level_either() throws Exception {
    assertThat(least(Map.of("LOG_LEVEL", "ERROR"), "org.apache.camel.X")).isEqualTo(Level.ERROR);
    assertThat(least(Map.of("LOG_LEVEL", "DEBUG"), "org.apache.camel.X")).isEqualTo(Level.WARN);
  }

  @Test
  void debug_is_for_what_we_say_ourselves() throws Exception {
    Map<String, String> debug = Map.of("DEBUG", "true");

    assertThat(least(debug, "io.streamforge.X")).isEqualTo(Level.DEBUG);
    assertThat(least(debug, "org.example")).isEqualTo(Level.INFO);
    assertThat(least(Map.of("DEBUG", "true", "LOG_LEVEL", "TRACE"), "io.streamforge.X"))
        .isEqualTo(Level.TRACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOUD", "", "1"})
  void a_level_that_there_is_not_is_refused(String level) {
    assertThatThrownBy(() -> settings(Map.of("LOG_LEVEL", level)))
        .isInstanceOf(Settings.WrongSettingException.class)
        .hasMessageContaining("LOG_LEVEL");
  }

  @Test
  void debug_is_true_or_false() {
    assertThatThrownBy(() -> settings(Map.of("DEBUG", "yes")))
        .isInstanceOf(Settings.WrongSettingException.class)
        .hasMessageContaining("DEBUG");
  }
}
