package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDraft;
import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(90)
class CatchUpTest {
  private static void settle(Scene scene, MattermostRoutes process) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> process.account().listening() && scene.position() > 0);
  }

  @ParameterizedTest
  @EnumSource
  void a_new_process_hears_what_came_while_none_was_there(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version)) {
      MattermostChannel secret =
          scene.server.privateChannel(scene.team, "secret", scene.bot, scene.alice);
      MattermostChannel direct = scene.server.direct(scene.bot, scene.alice);
      for (int i = 0; i < 100; i++) {
        scene.server.channel(scene.team, "quiet-" + i, scene.bot);
      }
      String old;
      try (MattermostRoutes first = scene.process()) {
        settle(scene, first);
        old = scene.server.post(scene.alice, scene.channel, "old root");
        await().until(() -> first.messages().contains("old root"));
      }
      scene.server.reply(scene.alice, old, "in an old thread");
      scene.server.post(scene.alice, secret, "private");
      scene.server.post(scene.alice, direct, "direct");
      String edited = scene.server.post(scene.alice, scene.channel, "edite");
      scene.server.edit(scene.alice, edited, "edited");
      scene.server.delete(scene.alice, scene.server.post(scene.alice, scene.channel, "taken back"));
      int asked = scene.server.requests().size();
      long before = scene.position();
      try (MattermostRoutes second = scene.process()) {
        settle(scene, second);
        // Until its first round is over.
        await().atMost(Duration.ofSeconds(30)).until(() -> scene.position() > before);
        List<String> requests = scene.server.requests();
        assertThat(second.messages())
            .filteredOn(message -> !message.equals("old root"))
            .containsExactlyInAnyOrder("in an old thread", "private", "direct", "edited");
        assertThat(second.heard())
            .extracting(MattermostRoutes.Heard::channelType)
            .contains("O", "P", "D");
        assertThat(requests.subList(asked, requests.size()))
            .as("quiet channels are not read")
            .filteredOn(request -> request.contains("/posts?"))
            .hasSize(3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void more_posts_than_the_server_tells_at_once_are_all_heard(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version)) {
      long now = System.currentTimeMillis();
      scene.positions.byName.put("mattermost-" + scene.bot.id(), now - 60_000);
      scene.server.post(scene.alice, MattermostDraft.of(scene.channel, "too old").at(now - 90_000));
      for (int i = 0; i < 1450; i++) {
        scene.server.post(
            scene.alice,
            MattermostDraft.of(scene.channel, String.valueOf(i)).at(now - 50_000 + i * 20L));
      }
      try (MattermostRoutes process = scene.process()) {
        await().atMost(Duration.ofSeconds(30)).until(() -> process.heard().size() >= 1450);
        await().until(() -> scene.position() > now - 60_000);
        assertThat(process.messages())
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 1450).mapToObj(String::valueOf).toList());
      }
    }
  }

  @Test
  void the_first_time_only_what_is_recent_by_the_clock_of_the_server_is_heard() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      Duration ahead = Duration.ofDays(3);
      scene.server.clock(Clock.offset(Clock.systemUTC(), ahead));
      long there = System.currentTimeMillis() + ahead.toMillis();
      scene.server.post(
          scene.alice, MattermostDraft.of(scene.channel, "long ago").at(there - 3_700_000));
      scene.server.post(
          scene.alice, MattermostDraft.of(scene.channel, "just now").at(there - 3_000_000));
      try (MattermostRoutes process = scene.process()) {
        await().until(() -> !process.heard().isEmpty());
        settle(scene, process);
        assertThat(process.messages()).containsExactly("just now");
        assertThat(scene.position()).isEqualTo(there - 3_000_000);
      }
    }
  }

  @Test
  void a_post_of_the_future_hides_none_of_the_present() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      long now = System.currentTimeMillis();
      scene.server.post(
          scene.alice, MattermostDraft.of(scene.channel, "tomorrow").at(now + 86_400_000));
      try (MattermostRoutes process = scene.process("catch.up.period", "200ms")) {
        settle(scene, process);
        scene.server.muteWebSockets();
        scene.server.post(scene.alice, scene.channel, "today");
        await().until(() -> process.messages().contains("today"));
        assertThat(scene.position()).isLessThan(now + 60_000);
      }
    }
  }

  @Test
  void a_server_that_asks_for_a_rest_gets_it_and_nothing_is_lost() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      scene.server.post(scene.alice, scene.channel, "!summary");
      scene.server.fail(MattermostFault.limited(Duration.ofSeconds(1)).on("channels/.*/posts"), 2);
      long start = System.nanoTime();
      try (MattermostRoutes process = scene.process("catch.up.period", "100ms")) {
        // The rounds go on: it counts how often was asked until it was heard.
        AtomicLong asked = new AtomicLong();
        process.take(
            post -> {
              asked.compareAndSet(0, scene.server.count("GET channels/.*/posts.*"));
              return true;
            });
        await().until(() -> process.messages().contains("!summary"));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThan(Duration.ofMillis(1900));
        assertThat(asked).hasPositiveValue().hasValueLessThan(8);
      }
    }
  }

  @Test
  void a_round_that_rested_goes_on_alone() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      scene.server.post(scene.alice, scene.channel, "!summary");
      String posts = "channels/.*/posts";
      scene.server.fail(MattermostFault.limited(Duration.ofSeconds(3)).on(posts), 1);
      scene.server.fail(MattermostFault.late(Duration.ofSeconds(1)).on(posts), 1);
      try (MattermostRoutes process = scene.process("catch.up.period", "100ms")) {
        AtomicLong asked = new AtomicLong();
        process.take(
            post -> {
              asked.compareAndSet(0, scene.server.count("GET channels/.*/posts.*"));
              return true;
            });
        await().until(() -> process.messages().contains("!summary"));
        assertThat(asked).hasValue(2);
      }
    }
  }

  @Test
  void rounds_never_overlap_and_live_posts_do_not_wait_for_them() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      scene.server.post(scene.alice, scene.channel, "missed");
      AtomicInteger rounds = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      try (MattermostRoutes process = scene.process("catch.up.period", "50ms")) {
        process.take(
            post -> {
              if (post.path("message").asText().equals("missed")) {
                most.accumulateAndGet(rounds.incrementAndGet(), Math::max);
                await().until(() -> process.messages().contains("live"));
                rounds.decrementAndGet();
              }
              return true;
            });
        await().until(() -> process.account().listening());
        await().during(Duration.ofMillis(300)).until(() -> scene.position() == 0);
        scene.server.post(scene.alice, scene.channel, "live");
        await().until(() -> process.messages().size() == 2);
        settle(scene, process);
        assertThat(most).hasValueLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void while_mattermost_is_away_the_position_stays_and_a_restart_costs_nothing() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V5_36);
        MattermostRoutes process = scene.process("mattermost.silence", "2s")) {
      settle(scene, process);
      long before = scene.position();
      scene.server.stop();
      for (int i = 0; i < 5; i++) {
        scene.server.post(scene.alice, scene.channel, "missed " + i);
      }
      await().until(() -> !process.account().listening());
      assertThat(scene.position()).isEqualTo(before);
      scene.server.start();
      await().until(() -> process.heard().size() >= 5);
      assertThat(process.messages())
          .containsExactlyInAnyOrder("missed 0", "missed 1", "missed 2", "missed 3", "missed 4");
    }
  }
}
