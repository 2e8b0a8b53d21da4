package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
  private long now;
  private final RepeatFilter filter = new RepeatFilter(Duration.ofMinutes(1), () -> now);

  private boolean shown(Level level, String message) {
    return filter.filter(
            Log4jLogEvent.newBuilder()
                .setLoggerName("a.logger")
                .setLevel(level)
                .setMessage(new SimpleMessage(message))
                .build())
        != Result.DENY;
  }

  @Test
  void a_warning_is_shown_once_and_again_when_the_period_is_over() {
    assertThat(shown(Level.WARN, "kafka is away, next try in 100 ms")).isTrue();
    assertThat(shown(Level.WARN, "kafka is away, next try in 200 ms")).isFalse();
    now += Duration.ofSeconds(61).toNanos();
    assertThat(shown(Level.WARN, "kafka is away, next try in 100 ms")).isTrue();
  }

  @Test
  void lines_about_different_things_are_all_shown() {
    assertThat(shown(Level.ERROR, "look for A-1 in the log")).isTrue();
    assertThat(shown(Level.ERROR, "look for A-2 in the log")).isTrue();
    assertThat(shown(Level.WARN, "job sf-b927fa133b22-1-loader failed")).isTrue();
    assertThat(shown(Level.WARN, "job sf-b927fa133b22-2-loader failed")).isTrue();
  }

  @Test
  void what_is_no_warning_is_always_shown() {
    assertThat(shown(Level.INFO, "queue started")).isTrue();
    assertThat(shown(Level.INFO, "queue started")).isTrue();
  }
}
