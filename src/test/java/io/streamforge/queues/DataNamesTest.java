package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataNamesTest {
  private static final DataNames NAMES = new DataNames(List.of("USD", "usdt", "BTC"));

  @Test
  void names_are_those_of_the_contract() {
    assertThat(DataNames.job(Queues.ID, 2, "arango-connector"))
        .isEqualTo("sf-b927fa133b22-2-arango-connector");
    assertThat(DataNames.topic(Queues.ID, "api_trades")).isEqualTo(Queues.ID + "-api-trades");
    assertThat(DataNames.telemetryId("arango-connector", Queues.ID, 2))
        .isEqualTo("arango-connector__b927fa133b22-2");
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT, btc",
    "ETHBTC, eth",
    "BTC, btc",
    "USDT, usdt",
    "ABUSD, ab",
    "XUSDT, x",
    "1000PEPEUSDT, 1000pepe",
    "BTCEUR, btceur"
  })
  void a_base_asset_is_the_symbol_without_the_longest_quote_currency(String symbol, String base) {
    assertThat(NAMES.baseAsset(symbol)).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource({
    "api_candles_5m, 2024-06-01:2024-06-30, btc_candles_5m_2024_06",
    "api_trades, 2024-06-01:2024-06-30, btc_trades_2024_06",
    "ws_trades, 2024-08-01:2024-08-01, btc_ws_trades_2024_08_01",
    "api, 2024-01-01:2024-01-03, btc_api_2024_01_01_2024_01_03",
    "rest, 2024-01-01:2024-01-01, btc_rest_2024_01_01"
  })
  void a_collection_is_named_by_base_asset_type_and_period(
      String type, String range, String collection) {
    assertThat(NAMES.collection("BTCUSDT", type, TimeRange.parse(range))).isEqualTo(collection);
  }

  @Test
  void the_interval_of_a_type_is_its_suffix() {
    assertThat(DataNames.intervalOf("api_candles_5m")).contains("5m");
    assertThat(DataNames.intervalOf("ws_candles_1M")).contains("1M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "api_trades", "api_candles_05m", "api_candles_5", "5m", "api_5mm"})
  void a_type_without_an_interval_has_none(String type) {
    assertThat(DataNames.intervalOf(type)).isEmpty();
  }
}
