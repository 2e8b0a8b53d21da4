package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class PublishUpdatesTest {
  private final RunningService service;

  PublishUpdatesTest(RunningService service) {
    this.service = service;
  }

  private final String key = UUID.randomUUID().toString();

  @Test
  void records_go_out_in_order_with_their_keys() {
    List<OutgoingRecord> records = List.of(record("1"), record("2"));
    assertThat(service.call("publish-updates", records, Map.of()).getException()).isNull();
    assertThat(service.records("queue.updates.topic"))
        .filteredOn(record -> key.equals(record.key()))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(record("1").value(), record("2").value());
  }

  @Test
  void nothing_to_tell_writes_nothing() throws Exception {
    try (Undo quiet = service.without("announce-missed", "resume-unfinished")) {
      int before = service.records("queue.updates.topic").size();
      assertThat(service.call("publish-updates", List.of(), Map.of()).getException()).isNull();
      assertThat(service.call("publish-updates", List.of(record("1")), Map.of()).getException())
          .isNull();
      assertThat(service.records("queue.updates.topic"))
          .filteredOn(record -> record.offset() >= before && key.equals(record.key()))
          .hasSize(1);
    }
  }

  private OutgoingRecord record(String number) {
    return new OutgoingRecord(key, "{\"kind\":\"answer\",\"command_id\":\"" + number + "\"}");
  }
}
