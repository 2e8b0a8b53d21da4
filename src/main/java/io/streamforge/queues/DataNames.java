package io.streamforge.queues;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of topics, jobs and collections, by which the steps of a queue meet. */
public final class DataNames {
  private static final Pattern INTERVAL_SUFFIX = Pattern.compile(".*_([1-9][0-9]{0,3}[smhdwM])");
  private static final int SHORT_ID_DIGITS = 12;

  private final List<String> quoteCurrencies;

  /** Names for symbols that end in one of these quote currencies, such as {@code USDT}. */
  public DataNames(List<String> quoteCurrencies) {
    this.quoteCurrencies =
        quoteCurrencies.stream()
            .map(currency -> currency.toUpperCase(Locale.ROOT))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The first twelve hexadecimal digits of a queue id. */
  public static String digits(String queueId) {
    return queueId.replace("-", "").substring(0, SHORT_ID_DIGITS);
  }

  /** The name of a step's job: the same at each try. */
  public static String job(String queueId, int step, String target) {
    return "sf-" + digits(queueId) + "-" + step + "-" + target;
  }

  /** The topic in which a loader and a connector of one type meet. */
  public static String topic(String queueId, String type) {
    return queueId + "-" + type.replace('_', '-');
  }

  /** The id that a worker puts into its messages. */
  public static String telemetryId(String target, String queueId, int step) {
    return target + "__" + digits(queueId) + "-" + step;
  }

  /** The interval that a type ends with, such as {@code 5m} of {@code api_candles_5m}. */
  public static Optional<String> intervalOf(String type) {
    Matcher suffix = INTERVAL_SUFFIX.matcher(type);
    return suffix.matches() ? Optional.of(suffix.group(1)) : Optional.empty();
  }

  /** The collection of a step that names none: {@code btc_candles_5m_2024_06}. */
  public String collection(String symbol, String type, TimeRange range) {
    String kind = type.startsWith("api_") ? type.substring("api_".length()) : type;
    return baseAsset(symbol) + "_" + kind + "_" + range.period();
  }

  /** The symbol without its quote currency, in lower case: {@code btc} of {@code BTCUSDT}. */
  String baseAsset(String symbol) {
    for (String quote : quoteCurrencies) {
      if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
        return symbol.substring(0, symbol.length() - quote.length()).toLowerCase(Locale.ROOT);
      }
    }
    return symbol.toLowerCase(Locale.ROOT);
  }
}
