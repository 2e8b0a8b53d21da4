package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

  @ParameterizedTest
  @CsvSource({
    "2024-06-01:2024-06-30, 2024_06, 30",
    "2024-02-01:2024-02-29, 2024_02, 29",
    "2023-02-01:2023-02-28, 2023_02, 28",
    "2024-12-01:2024-12-31, 2024_12, 31",
    "2024-08-01:2024-08-01, 2024_08_01, 1",
    "2024-01-01:2024-01-03, 2024_01_01_2024_01_03, 3",
    "2024-02-01:2024-02-28, 2024_02_01_2024_02_28, 28",
    "2024-06-02:2024-06-30, 2024_06_02_2024_06_30, 29",
    "2024-06-01:2024-07-31, 2024_06_01_2024_07_31, 61",
    "2023-06-01:2024-06-30, 2023_06_01_2024_06_30, 396",
    "0001-01-01:0001-01-01, 0001_01_01, 1"
  })
  void a_period_names_a_whole_month_or_a_day_or_both_days(String text, String period, long days) {
    TimeRange range = TimeRange.parse(text);

    assertThat(range.period()).isEqualTo(period);
    assertThat(range.days()).isEqualTo(days);
    assertThat(range).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-01-01",
        "2024-02-30:2024-03-01",
        "2023-02-29:2023-03-01",
        "2024-01-02:2024-01-01",
        "2024-1-1:2024-1-2",
        "2024-01-01:2024-01-02:2024-01-03",
        " 2024-01-01:2024-01-02"
      })
  void what_is_no_range_is_told_in_words(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeRange.parse(text))
        .satisfies(
            fault -> assertThat(fault.getMessage()).isNotBlank().doesNotContain("Exception"));
  }

  @Test
  void a_day_that_does_not_exist_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeRange.parse("2024-01-01:2024-04-31"))
        .withMessage("2024-04-31 is not a day of the calendar");
  }
}
