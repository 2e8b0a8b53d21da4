package io.streamforge.service;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process with its broker is killed at random moments, and started again on its data. */
class KillTest {
  @TempDir Path directory;

  @Test
  void a_kill_in_a_start_a_stop_a_drain_or_amid_telemetry_loses_nothing() {
    KillCampaign.run(directory, 1, 20_000);
  }

  @Test
  @Tag("endurance")
  void five_kills_in_each_and_amid_a_hundred_thousand_messages_lose_nothing() {
    KillCampaign.run(directory, 5, 100_000);
  }
}
