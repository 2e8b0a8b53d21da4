package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import io.streamforge.queues.DataNames;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How much the workers do, and how fast.
 *
 * @param recordsPerSecond of a bounded loader
 * @param liveRecordsPerSecond of an endless worker
 * @param tradesPerDay how many trades a day of data has
 * @param candleInterval the time between two records of data whose type and step name no interval
 * @param processingTime how long a bounded processor takes
 * @param reportPeriod the least time between two reports of progress
 */
public record WorkerPace(
    long recordsPerSecond,
    long liveRecordsPerSecond,
    long tradesPerDay,
    String candleInterval,
    Duration processingTime,
    Duration reportPeriod) {
  private static final long PROCESSING_UNITS = 100;
  private static final int SILENT_PERIODS = 10;

  public WorkerPace {
    if (recordsPerSecond < 1 || liveRecordsPerSecond < 1 || tradesPerDay < 1) {
      throw new IllegalArgumentException(
          "local.records.per.second, local.live.records.per.second and local.trades.per.day must be"
              + " greater than 0");
    }
    requireNonNull(candleInterval, "candleInterval is null");
    seconds(candleInterval);
    if (processingTime.isNegative() || processingTime.isZero() || reportPeriod.isNegative()) {
      throw new IllegalArgumentException(
          "local.processing.time must be greater than 0, local.report.period not less");
    }
  }

  /** How many records the worker makes before it ends by itself; none when it does not. */
  OptionalLong total(Assignment assignment) {
    if (assignment.endless()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        switch (assignment.role()) {
          case LOADER -> {
            long range = Duration.ofDays(assignment.timeRange().days()).toMillis();
            yield Math.max(1, range / spacing(assignment).toMillis());
          }
          case PROCESSOR -> PROCESSING_UNITS;
          case CONNECTOR -> throw new IllegalArgumentException("a connector has no end");
        });
  }

  /** How many records the worker makes in a second. */
  double perSecond(Assignment assignment) {
    if (assignment.endless()) {
      return liveRecordsPerSecond;
    }
    return switch (assignment.role()) {
      case LOADER -> recordsPerSecond;
      case PROCESSOR -> PROCESSING_UNITS * 1000.0 / processingTime.toMillis();
      case CONNECTOR -> throw new IllegalArgumentException("a connector makes no records");
    };
  }

  /** The time between two neighbours in the data of a loader. */
  Duration spacing(Assignment assignment) {
    if (SyntheticData.Kind.of(assignment.type()) != SyntheticData.Kind.CANDLE) {
      return Duration.ofDays(1).dividedBy(tradesPerDay);
    }
    String interval =
        DataNames.intervalOf(assignment.type()).or(assignment::interval).orElse(candleInterval);
    return Duration.ofSeconds(seconds(interval));
  }

  /** After how long a worker without progress says that it lives. */
  Duration signOfLife() {
    return reportPeriod.multipliedBy(SILENT_PERIODS);
  }

  private static long seconds(String interval) {
    try {
      long count = Long.parseLong(interval.substring(0, interval.length() - 1));
      if (count > 0) {
        return count
            * switch (interval.charAt(interval.length() - 1)) {
              case 's' -> 1;
              case 'm' -> 60;
              case 'h' -> 3600;
              case 'd' -> 86_400;
              case 'w' -> 7 * 86_400;
              case 'M' -> 30 * 86_400;
              default -> throw new NumberFormatException("no unit");
            };
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          "an interval is a number with a unit of smhdwM, such as 5m: " + interval, wrong);
    }
    throw new IllegalArgumentException("an interval must be greater than 0: " + interval);
  }
}
