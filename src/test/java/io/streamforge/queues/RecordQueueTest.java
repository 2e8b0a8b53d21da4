package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class RecordQueueTest {
  private final RunningService service;
  private final QueueStarter starter;

  RecordQueueTest(RunningService service) {
    this.service = service;
    this.starter = service.bean("queueStarter", QueueStarter.class);
  }

  private final String symbol = Planted.symbol();
  private final String key = UUID.randomUUID().toString();

  @Test
  void an_equal_request_gets_the_queue_of_the_first() {
    String first = record(Planted.endless(symbol)).getMessage().getBody(String.class);

    assertThat(service.get("/queues/" + first).statusCode()).isEqualTo(200);
    assertThat(record(Planted.endless(symbol)).getMessage().getBody()).isEqualTo(first);
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + first, "");
  }

  @Test
  void another_request_with_the_key_is_refused_and_records_nothing() {
    String first = record(Planted.endless(symbol)).getMessage().getBody(String.class);

    Exchange second = record(Planted.endless(symbol).put("type", "ws_trades"));

    assertThat(second.getException()).hasRootCauseInstanceOf(Refusal.class);
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + first, "");
  }

  private Exchange record(ObjectNode body) {
    StartRequest request = starter.requestOverRest(body, key, null, null);
    return service.call(
        "record-queue", null, Map.of("request", request, "planned", starter.queue(request)));
  }
}
