package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {
  private final ReconnectDelay delay =
      new ReconnectDelay(
          Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30), new Random(7));

  @Test
  void waits_grow_up_to_the_longest_and_are_never_the_same() {
    var waits = IntStream.range(0, 200).mapToObj(i -> delay.after(Duration.ZERO)).toList();
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) <= 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(50)) > 0);
    assertThat(waits.stream().distinct().count()).isGreaterThan(150);
  }

  @Test
  void a_line_that_lived_is_opened_again_soon_and_one_that_fell_at_once_is_not() {
    IntStream.range(0, 20).forEach(i -> delay.after(Duration.ofMillis(200)));
    var fallen = IntStream.range(0, 20).mapToObj(i -> delay.after(Duration.ofMillis(200))).toList();
    assertThat(fallen).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) > 0);
    assertThat(delay.after(Duration.ofSeconds(31))).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }
}
