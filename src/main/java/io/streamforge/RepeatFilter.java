package io.streamforge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Lets the same warning or error through once in a while only: while a peer is away, everything
 * that needs it says so again and again. Lines that differ in free-standing numbers only are the
 * same.
 */
final class RepeatFilter extends AbstractFilter {
  private static final int REMEMBERED = 1000;
  private static final Pattern NUMBERS = Pattern.compile("(?<![\\w-])\\d+(?![\\w-])");

  private final long periodNanos;
  private final LongSupplier nanos;
  private final Map<String, Long> shown =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  RepeatFilter(Duration period, LongSupplier nanos) {
    this.periodNanos = period.toNanos();
    this.nanos = nanos;
  }

  /** Puts it before all appenders of this process. */
  static void install(Duration period) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    context
        .getConfiguration()
        .getRootLogger()
        .addFilter(new RepeatFilter(period, System::nanoTime));
  }

  @Override
  public synchronized Result filter(LogEvent event) {
    if (!event.getLevel().isMoreSpecificThan(Level.WARN)) {
      return Result.NEUTRAL;
    }
    String text = event.getMessage().getFormattedMessage();
    String line = event.getLoggerName() + ' ' + NUMBERS.matcher(text).replaceAll("#");
    long now = nanos.getAsLong();
    Long last = shown.get(line);
    if (last != null && now - last < periodNanos) {
      return Result.DENY;
    }
    shown.put(line, now);
    return Result.NEUTRAL;
  }
}
