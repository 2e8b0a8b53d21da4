package io.streamforge;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.slf4j.LoggerFactory;

/**
 * Changes the levels of Log4j. Its own beans stay off, as it ships them: with them whoever may
 * change a level may also load a configuration from anywhere.
 */
final class LogLevels implements LogLevelsMXBean {
  static final String NAME = "io.streamforge:type=LogLevels";

  private static final String ROOT = "root";
  private static final List<String> LEVELS =
      List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
  private static final Pattern LOGGER = Pattern.compile("[\\w$.-]{1,200}");

  /** What was changed, and how it was before; empty for a logger that had no level of its own. */
  private final Map<String, Optional<Level>> before = new HashMap<>();

  /** Puts it where JMX finds it; once for the process. */
  static synchronized void install() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName name = new ObjectName(NAME);
      if (!beans.isRegistered(name)) {
        beans.registerMBean(new LogLevels(), name);
      }
    } catch (JMException e) {
      throw new IllegalStateException("the levels of the log cannot be offered over JMX", e);
    }
  }

  @Override
  public Map<String, String> getLevels() {
    Map<String, String> levels = new TreeMap<>();
    configuration()
        .getLoggers()
        .forEach((name, logger) -> levels.put(shown(name), logger.getLevel().name()));
    return levels;
  }

  @Override
  public synchronized void setLevel(String logger, String level) {
    if (logger == null || !LOGGER.matcher(logger).matches()) {
      throw new IllegalArgumentException(
          "not a logger: give the name of a class or a package, or " + ROOT);
    }
    String wanted = level == null ? "" : level.strip().toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(wanted)) {
      throw new IllegalArgumentException("not a level: give one of " + String.join(", ", LEVELS));
    }
    String name = logger.equals(ROOT) ? LogManager.ROOT_LOGGER_NAME : logger;
    LoggerConfig own = configuration().getLoggers().get(name);
    before.putIfAbsent(name, Optional.ofNullable(own).map(LoggerConfig::getLevel));
    Configurator.setLevel(name, Level.valueOf(wanted));
    LoggerFactory.getLogger(LogLevels.class).warn("{} is logged from {} on", logger, wanted);
  }

  @Override
  public synchronized void reset() {
    before.forEach(
        (name, level) ->
            level.ifPresentOrElse(
                was -> Configurator.setLevel(name, was), () -> configuration().removeLogger(name)));
    before.clear();
    context().updateLoggers();
  }

  private static String shown(String name) {
    return name.equals(LogManager.ROOT_LOGGER_NAME) ? ROOT : name;
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  private static Configuration configuration() {
    return context().getConfiguration();
  }
}
