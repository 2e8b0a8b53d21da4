package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The days a queue loads, both ends included; written as {@code 2024-01-01:2024-01-03}. */
public record TimeRange(LocalDate first, LocalDate last) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}):(\\d{4}-\\d{2}-\\d{2})");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public TimeRange {
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("ends before it starts: " + first + ":" + last);
    }
  }

  /** Reads the form that requests use; the message of the exception is fit to show to a client. */
  public static TimeRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "must be two dates, first and last day, such as 2024-01-01:2024-01-03");
    }
    return new TimeRange(day(form.group(1)), day(form.group(2)));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text, DAY);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text + " is not a day of the calendar", e);
    }
  }

  /**
   * The range in a collection's name: {@code 2024_06} for a whole month, {@code 2024_06_01} for a
   * day, else both days.
   */
  public String period() {
    if (first.equals(last)) {
      return underscored(first);
    }
    YearMonth month = YearMonth.from(first);
    if (first.getDayOfMonth() == 1 && last.equals(month.atEndOfMonth())) {
      return month.toString().replace('-', '_');
    }
    return underscored(first) + "_" + underscored(last);
  }

  /** How many days it has, at least 1. */
  public long days() {
    return last.toEpochDay() - first.toEpochDay() + 1;
  }

  private static String underscored(LocalDate day) {
    return day.toString().replace('-', '_');
  }

  @Override
  public String toString() {
    return first + ":" + last;
  }
}
