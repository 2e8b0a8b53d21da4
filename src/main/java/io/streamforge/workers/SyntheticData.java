package io.streamforge.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.QueueJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * The made-up market of the loaders: a record depends on the assignment and its number alone, so
 * that a worker which repeats a record repeats it exactly.
 */
final class SyntheticData {
  private static final double LEAST_PRICE = 10;
  private static final double PRICE_SPREAD = 50_000;
  private static final double SWING = 0.05;
  private static final double RECORDS_PER_SWING = 50;
  private static final double NOISE = 0.002;
  private static final double LARGEST_QUANTITY = 10;

  private final WorkerPace pace;

  SyntheticData(WorkerPace pace) {
    this.pace = pace;
  }

  /** What a type of data is about. */
  enum Kind {
    CANDLE,
    TRADE,
    DEPTH;

    static Kind of(String type) {
      if (type.contains("trades")) {
        return TRADE;
      }
      return type.contains("depth") || type.contains("orderbook") ? DEPTH : CANDLE;
    }
  }

  /** The time that a record is about. */
  Instant time(Assignment assignment, long number) {
    Instant first = assignment.timeRange().first().atStartOfDay().toInstant(ZoneOffset.UTC);
    Duration spacing = assignment.endless() ? Duration.ofSeconds(1) : pace.spacing(assignment);
    return first.plus(spacing.multipliedBy(number));
  }

  /** A record as JSON; {@code source} and {@code number} tell it from all others of its topic. */
  byte[] record(Assignment assignment, long number) {
    ObjectNode data =
        QueueJson.MAPPER
            .createObjectNode()
            .put("synthetic", true)
            .put("source", assignment.telemetryId())
            .put("number", number)
            .put("symbol", assignment.symbol())
            .put("type", assignment.type())
            .put("time", time(assignment, number).toString());
    SplittableRandom random = random(assignment, number);
    double price = price(assignment, number);
    double quantity = rounded(random.nextDouble() * LARGEST_QUANTITY);
    switch (Kind.of(assignment.type())) {
      case CANDLE -> putCandle(data, price, price(assignment, number + 1), random);
      case TRADE -> data.put("price", price).put("quantity", quantity);
      case DEPTH -> {
        data.put("bid", rounded(price * (1 - NOISE))).put("ask", rounded(price * (1 + NOISE)));
        data.put("quantity", quantity);
      }
    }
    try {
      return QueueJson.MAPPER.writeValueAsBytes(data);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always JSON", impossible);
    }
  }

  private static void putCandle(
      ObjectNode data, double open, double close, SplittableRandom random) {
    double high = Math.max(open, close) * (1 + NOISE * random.nextDouble());
    double low = Math.min(open, close) * (1 - NOISE * random.nextDouble());
    data.put("open", open).put("high", rounded(high)).put("low", rounded(low));
    data.put("close", close).put("volume", rounded(random.nextDouble() * PRICE_SPREAD));
  }

  private static double price(Assignment assignment, long number) {
    double middle = LEAST_PRICE + Math.floorMod(assignment.symbol().hashCode(), (int) PRICE_SPREAD);
    double wave = 1 + SWING * Math.sin(number / RECORDS_PER_SWING);
    return rounded(middle * wave * (1 + NOISE * random(assignment, number).nextDouble()));
  }

  private static SplittableRandom random(Assignment assignment, long number) {
    long market = (assignment.symbol() + "|" + assignment.type()).hashCode();
    return new SplittableRandom((market << 32) ^ number);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
