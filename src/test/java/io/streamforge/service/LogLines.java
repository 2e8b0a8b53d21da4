package io.streamforge.service;

import io.streamforge.camel.trace.TraceContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Remembers what a class, or everybody, logs until it is closed. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LogLines(Logger logger) {
    super("lines of " + logger.getName(), null, null, false, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  public static LogLines of(Class<?> source) {
    return listen((Logger) LogManager.getLogger(source));
  }

  public static LogLines all() {
    return listen((Logger) LogManager.getRootLogger());
  }

  private static LogLines listen(Logger logger) {
    LogLines lines = new LogLines(logger);
    lines.start();
    logger.addAppender(lines);
    return lines;
  }

  @Override
  public void append(LogEvent event) {
    Throwable thrown = event.getThrown();
    String message = event.getMessage().getFormattedMessage();
    traces.add(event.getContextData().getValue(TraceContext.LOG_KEY) + " " + message);
    lines.add(thrown == null ? message : message + "\n" + thrown);
  }

  public List<String> matching(String pattern) {
    return lines.stream().filter(line -> line.matches("(?s)" + pattern)).toList();
  }

  /** The messages that carry a trace id. */
  public List<String> traced(String traceId) {
    return traces.stream()
        .filter(line -> line.startsWith(traceId + " "))
        .map(line -> line.substring(traceId.length() + 1))
        .toList();
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
