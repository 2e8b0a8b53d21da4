package io.streamforge.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamforge.camel.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version is rolled out while clients work: none of them notices. */
class RollingRestartTest {
  @TempDir Path directory;

  @Test
  void each_of_two_processes_is_restarted_and_all_clients_go_on() throws IOException {
    try (Processes two = new Processes("1s", "250ms");
        RollingRestart roll =
            new RollingRestart(new Entrance(two.ports()), two.all(), 6, 2000, 3)) {
      two.guard(
          () -> {
            two.all().forEach(roll::restart);
            roll.requireWork();
            roll.audit();
          });
    }
  }

  @Test
  @Tag("endurance")
  void restarts_every_20_s_for_3_minutes_behind_nginx_are_not_noticed_by_200_clients()
      throws IOException {
    Optional<Path> nginx = NginxProcess.installed();
    assumeTrue(nginx.isPresent(), "skipped: there is no nginx on the PATH");
    try (Processes two = new Processes("2s", "2s");
        NginxProcess front = NginxProcess.start(nginx.orElseThrow(), directory, two.ports());
        RollingRestart roll =
            new RollingRestart(new Entrance(List.of(front.port())), two.all(), 200, 8000, 12)) {
      two.guard(
          () -> {
            for (int time = 0; time < 9; time++) {
              Instant next = Instant.now().plusSeconds(20);
              roll.restart(two.all().get(time % 2));
              await()
                  .atMost(Duration.ofSeconds(30))
                  .pollInterval(Duration.ofMillis(200))
                  .until(
                      () -> {
                        roll.requireWork();
                        return Instant.now().isAfter(next);
                      });
            }
            roll.audit();
          });
    }
  }

  /** Two processes on one directory and one broker. */
  private final class Processes implements AutoCloseable {
    private final List<ServiceProcess> all;

    /** Each queue tells each of the clients about each tick. */
    Processes(String drain, String tick) throws IOException {
      Map<String, String> settings =
          new HashMap<>(
              Map.of(
                  "DATA_DIR", directory.resolve("data").toString(),
                  "KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers(),
                  "QUEUE_CONTROL_TOPIC", TestBroker.uniqueName("queue-control"),
                  "QUEUE_EVENTS_TOPIC", TestBroker.uniqueName("queue-events"),
                  "INSTANCE", TestBroker.uniqueName("rolling"),
                  "HTTP_DRAIN", drain,
                  "LOCAL_TICK", tick));
      all =
          List.of(
              ServiceProcess.start("one", directory, settings),
              ServiceProcess.start("other", directory, settings));
      all.forEach(ServiceProcess::awaitReady);
    }

    List<ServiceProcess> all() {
      return all;
    }

    List<Integer> ports() {
      return all.stream().map(ServiceProcess::port).toList();
    }

    void guard(Runnable test) {
      try {
        test.run();
      } catch (Throwable failure) {
        all.forEach(ServiceProcess::printOutput);
        throw failure;
      }
    }

    @Override
    public void close() {
      all.forEach(ServiceProcess::close);
    }
  }
}
