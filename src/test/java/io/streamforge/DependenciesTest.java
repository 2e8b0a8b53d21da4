package io.streamforge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static Dependencies of(Dependency.Check store, Duration patience) {
    return new Dependencies(
        new DefaultCamelContext(),
        Map.of("store", store),
        patience,
        text -> text.replace("hush", "***"));
  }

  private static Dependency.State storeOf(Dependencies dependencies) throws InterruptedException {
    return requireNonNull(dependencies.look().get("store"));
  }

  private static String complaint(Dependency.Check store) throws InterruptedException {
    try (Dependencies dependencies = of(store, Duration.ofSeconds(5))) {
      Dependency.State state = storeOf(dependencies);
      assertThat(state.up()).isFalse();
      return state.trouble().orElseThrow().message();
    }
  }

  @Test
  void one_that_hangs_is_away_in_time_and_is_not_asked_twice_meanwhile() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Dependency.Check hangs =
        () -> {
          asked.incrementAndGet();
          answer.await();
        };
    try (Dependencies dependencies = of(hangs, Duration.ofMillis(50))) {
      assertThat(dependencies.check().code()).isEqualTo(503);
      // The thread that asks may start later than patience ends.
      await().untilAsserted(() -> assertThat(asked).hasValue(1));
      assertThat(dependencies.check().json()).contains("it does not answer in time");
      assertThat(asked).hasValue(1);

      answer.countDown();

      await().until(() -> dependencies.check().code() == 200);
    }
  }

  @Test
  void however_often_somebody_asks_it_is_asked_little_and_what_it_lacks_is_soon_told()
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean();
    Dependency.Check check =
        () -> {
          asked.incrementAndGet();
          if (away.get()) {
            throw new IOException("it has gone away");
          }
        };
    try (Dependencies dependencies = of(check, Duration.ofSeconds(5))) {
      for (int i = 0; i < 100; i++) {
        assertThat(dependencies.check().code()).isEqualTo(200);
      }
      assertThat(asked.get()).isLessThan(10);

      away.set(true);

      await().atMost(Duration.ofSeconds(5)).until(() -> dependencies.check().code() == 503);
    }
  }

  @Test
  void sentences_of_ours_are_shown_as_they_are_and_others_by_their_innermost_cause()
      throws Exception {
    assertThat(
            complaint(
                () -> {
                  throw new IllegalStateException("correct KAFKA_USER", new IOException("refused"));
                }))
        .isEqualTo("correct KAFKA_USER");
    assertThat(
            complaint(
                () -> {
                  throw new IOException("failed", new UnknownHostException("kafka-1"));
                }))
        .isEqualTo("UnknownHostException: kafka-1");
  }

  @Test
  void a_secret_in_an_error_is_masked() throws Exception {
    assertThat(
            complaint(
                () -> {
                  throw new IOException("no login with hush here");
                }))
        .isEqualTo("no login with *** here");
  }

  @Test
  void since_when_it_is_away_stays_and_the_last_error_outlives_the_return() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Dependency.Check twiceAway =
        () -> {
          if (looks.incrementAndGet() <= 2) {
            throw new IOException("away for the time " + looks);
          }
        };
    try (Dependencies dependencies = of(twiceAway, Duration.ofSeconds(5))) {
      Dependency.State first = storeOf(dependencies);
      Dependency.State second = storeOf(dependencies);
      Dependency.State third = storeOf(dependencies);
      assertThat(second.since()).isEqualTo(first.since());
      assertThat(third.up()).isTrue();
      assertThat(third.trouble().orElseThrow().message()).isEqualTo("away for the time 2");
    }
  }
}
