package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePlanTest {

  @ParameterizedTest
  @CsvSource({"single, 1", "historical-pipeline, 6", "realtime-pipeline, 7"})
  void every_step_has_a_job_name_of_its_own(String name, int steps) {
    QueueState queue = Queues.planned(name);
    Set<String> names = queue.steps().stream().map(StepState::jobName).collect(Collectors.toSet());

    assertThat(names)
        .hasSize(steps)
        .allMatch(
            job -> job.matches("sf-" + Queues.DIGITS + "-[0-9]+-[a-z-]+") && job.length() <= 57);
  }

  @ParameterizedTest
  @CsvSource({"historical-pipeline", "realtime-pipeline"})
  void what_the_connectors_write_is_what_the_graph_builder_reads(String name) {
    QueueState queue = Queues.planned(name);
    List<String> written =
        queue.steps().stream()
            .filter(step -> step.role() == Role.CONNECTOR)
            .map(StepState::collectionName)
            .toList();

    assertThat(queue.step(5).fields().collectionInputs()).containsExactlyElementsOf(written);
    assertThat(queue.step(5).sources()).containsExactly(3, 4);
    assertThat(queue.step(6).sources()).as("the trainer reads the graph").containsExactly(5);
    assertThat(queue.step(3).sources()).as("a connector reads its loader").containsExactly(1);
    assertThat(queue.step(3).kafkaTopic()).isEqualTo(queue.step(1).kafkaTopic());
    assertThat(queue.step(4).kafkaTopic()).isNotEqualTo(queue.step(1).kafkaTopic());
  }

  @Test
  void a_single_request_is_one_loader_of_its_type() {
    QueueState queue = Queues.planned("single");

    assertThat(queue.steps()).hasSize(1);
    assertThat(queue.step(1).target()).isEqualTo("loader-producer");
    assertThat(queue.type()).isEqualTo("api");
    assertThat(queue.loaderType()).isEqualTo("job");
    assertThat(queue.startTime()).isEqualTo("2024-01-01");
    assertThat(queue.endTime()).isEqualTo("2024-01-03");
    assertThat(queue.step(1).fields().image()).as("the image that was asked for").isNull();
  }

  @Test
  void a_pipeline_shows_its_first_loader() {
    QueueState queue = Queues.planned("realtime-pipeline");

    assertThat(queue.type()).isEqualTo("pipeline");
    assertThat(queue.loaderType()).isEqualTo("stream");
    assertThat(queue.kafkaTopic()).isEqualTo(Queues.ID + "-ws-candles-1m");
  }

  @Test
  void of_a_pipeline_without_a_loader_the_first_step_is_shown() {
    QueueState queue = Queues.launched("arango-connector:api", "visualizer:graph_metrics_stream");

    assertThat(queue.loaderType()).isEqualTo("connector");
    assertThat(queue.kafkaTopic()).isEqualTo(Queues.ID + "-api");
  }
}
