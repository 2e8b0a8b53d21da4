package io.streamforge;

import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.GroupLags;
import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.StretchReader;
import io.streamforge.queues.ConsumerLagReport;
import io.streamforge.queues.DeadLetterList;
import io.streamforge.queues.DeadLetterReturn;
import io.streamforge.queues.Masking;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;

/** Makes the beans that show what of Kafka could not be, or is not yet, taken in. */
final class LetterWiring implements AutoCloseable {
  private final GroupLags lags;

  private LetterWiring(GroupLags lags) {
    this.lags = lags;
  }

  static LetterWiring bind(
      Registry registry, Settings settings, KafkaConnection kafka, Masking masking, Clock clock) {
    String control = settings.text("queue.control.topic");
    List<String> shared = List.of(control, settings.text("queue.events.topic"));
    List<String> letters =
        shared.stream().distinct().map(topic -> topic + DeadLetter.SUFFIX).toList();
    Duration patience = settings.duration("kafka.admin.timeout");
    Supplier<StretchReader> readers = () -> new StretchReader(kafka.clientProperties(), patience);
    registry.bind("deadLetterList", new DeadLetterList(readers, letters, masking));
    registry.bind("deadLetterReturn", new DeadLetterReturn(readers, letters, clock));

    String instance = settings.text("instance");
    Map<String, List<String>> groups =
        Map.of(instance + "-telemetry", shared, instance + "-commands", List.of(control));
    LetterWiring wiring =
        new LetterWiring(new GroupLags(kafka.clientProperties(), groups, patience));
    registry.bind("consumerLag", new ConsumerLagReport(wiring.lags));
    return wiring;
  }

  @Override
  public void close() {
    lags.close();
  }
}
