package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class RecordObservationsTest {
  private final RunningService service;

  RecordObservationsTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void an_observation_becomes_the_next_version() throws Exception {
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      Recording recording = record(queue);
      assertThat(recording.isPending()).isFalse();
      assertThat(recording.recorded()).singleElement().isEqualTo(Planted.load(service, queue));
      assertThat(Planted.load(service, queue).version()).isGreaterThan(queue.version());
    }
  }

  @Test
  void what_concerns_no_queue_is_counted_and_writes_nothing() {
    QueueState unknown = Planted.pending();
    Recording recording = record(unknown);
    assertThat(recording.strays()).isOne();
    assertThat(recording.recorded()).isEmpty();
    assertThat(service.get("/queues/" + unknown.id()).statusCode()).isEqualTo(404);
  }

  private Recording record(QueueState state) {
    StopAsked stop = new StopAsked("a test", "rest", Instant.now());
    Recording recording =
        new Recording(Queues.RULE)
            .add(QueueTender.shortId(state.id()), QueueTender.only(state.id(), stop));
    Exchange done = service.call("record-observations", recording, Map.of());
    assertThat(done.getException()).isNull();
    return done.getMessage().getBody(Recording.class);
  }
}
