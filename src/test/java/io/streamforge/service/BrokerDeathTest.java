package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The broker inside the process cannot go on: nobody is served half of the service. */
class BrokerDeathTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @Test
  void a_service_whose_own_broker_gives_up_says_why_and_ends() throws Exception {
    Map<String, String> settings =
        Map.of("KAFKA_BOOTSTRAP_SERVERS", "", "DATA_DIR", directory.toString());
    try (LogLines log = LogLines.all();
        RunningService service = RunningService.start(settings);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", service.setting("kafka.bootstrap.servers")))) {
      FileSystemUtils.deleteRecursively(directory.resolve("kafka"));
      admin.createTopics(List.of(new NewTopic("new", 1, (short) 1)));

      assertThat(service.end())
          .succeedsWithin(Duration.ofSeconds(60))
          .asString()
          .contains("given up");
      assertThat(log.matching("Stopping: the embedded broker has given up.*")).hasSize(1);
    }
  }
}
