package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
  private static final QueueState HISTORICAL = Queues.planned("historical-pipeline");
  private static final WorkerSettings BARE =
      new WorkerSettings("broker:9092", "", "", "control", "events", "", "", "", "");
  private static final WorkerSettings FULL =
      new WorkerSettings(
          "broker:9092",
          "robot",
          "/ca.pem",
          "control",
          "events",
          "http://db",
          "forge",
          "me",
          "stf");

  private static WorkerEnvironment of(int step, Map<String, String> own, WorkerSettings settings) {
    return WorkerEnvironment.of(HISTORICAL, HISTORICAL.step(step), own, settings);
  }

  @Test
  void a_worker_finds_its_data_under_every_name_that_workers_read() {
    assertThat(of(1, Map.of(), FULL).values())
        .containsEntry("QUEUE_ID", Queues.ID)
        .containsEntry("SYMBOL", "BTCUSDT")
        .containsEntry("TYPE", "api_candles_5m")
        .containsEntry("TIME_RANGE", "2024-06-01:2024-06-30")
        .containsEntry("INTERVAL", "5m")
        .containsEntry("KAFKA_TOPIC", Queues.ID + "-api-candles-5m")
        .containsEntry("COLLECTION_NAME", "btc_candles_5m_2024_06")
        .containsEntry("TELEMETRY_ID", "loader-producer__b927fa133b22-1")
        .containsEntry("TELEMETRY_PRODUCER_ID", "loader-producer__b927fa133b22-1")
        .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "broker:9092")
        .containsEntry("KAFKA_USER", "robot")
        .containsEntry("KAFKA_USER_PRODUCER", "robot")
        .containsEntry("KAFKA_USER_CONSUMER", "robot")
        .containsEntry("CA_PATH", "/ca.pem")
        .containsEntry("KAFKA_CA_PATH", "/ca.pem")
        .containsEntry("QUEUE_CONTROL_TOPIC", "control")
        .containsEntry("CONTROL_TOPIC", "control")
        .containsEntry("QUEUE_EVENTS_TOPIC", "events")
        .containsEntry("TELEMETRY_TOPIC", "events")
        .containsEntry("K8S_NAMESPACE", "stf");
  }

  @Test
  void graph_workers_find_their_collections() {
    assertThat(of(5, Map.of(), FULL).values())
        .containsEntry("COLLECTION_INPUTS", "btc_candles_5m_2024_06,btc_trades_2024_06")
        .containsEntry("INPUT_COLLECTIONS", "btc_candles_5m_2024_06,btc_trades_2024_06")
        .containsEntry("COLLECTION_OUTPUT", "btc_graph_2024_06");
    assertThat(of(6, Map.of(), FULL).values())
        .containsEntry("GRAPH_COLLECTION", "btc_graph_2024_06")
        .containsEntry("GRAPH_COLLECTION_NAME", "btc_graph_2024_06")
        .containsEntry("MODEL_OUTPUT", "gnn_model_btc_2024_06")
        .containsEntry("MODEL_NAME", "gnn_model_btc_2024_06");
  }

  @Test
  void what_is_not_set_is_left_out_except_what_workers_crash_without() {
    assertThat(of(2, Map.of(), BARE).values())
        .containsKeys("COLLECTION_NAME", "ARANGO_URL", "ARANGO_DB", "ARANGO_USER")
        .doesNotContainKeys(
            "INTERVAL", "KAFKA_USER", "CA_PATH", "SOURCE", "MODEL_OUTPUT", "K8S_NAMESPACE");
  }

  @Test
  void passwords_are_references_only() {
    assertThat(of(1, Map.of(), FULL).secrets())
        .containsOnlyKeys(
            "KAFKA_PASSWORD",
            "KAFKA_PASSWORD_PRODUCER",
            "KAFKA_PASSWORD_CONSUMER",
            "ARANGO_PASSWORD");
    assertThat(of(1, Map.of(), BARE).secrets()).containsOnlyKeys("ARANGO_PASSWORD");
    assertThat(of(1, Map.of(), FULL).values().keySet())
        .noneMatch(name -> name.contains("PASSWORD"));
  }

  @Test
  void the_catalogue_has_the_last_word() {
    assertThat(of(1, Map.of("TYPE", "mine", "DEPTH", "7"), BARE).values())
        .containsEntry("TYPE", "mine")
        .containsEntry("DEPTH", "7");
  }

  @Test
  void a_job_carries_the_trace_of_its_queue_also_when_another_process_launches_it_later() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    StartRequest request =
        new StartRequest(Queues.request("historical-pipeline"), "a user", "rest", null, trace);
    QueueState stored =
        QueueJson.read(
            QueueJson.stored(
                    Queues.after(
                        Queues.PLAN.of(request, Queues.ID, Queues.START),
                        new Observation.Tick(null, Queues.START)),
                    null)
                .document());
    for (StepState step : stored.steps()) {
      assertThat(WorkerEnvironment.of(stored, step, Map.of(), BARE).values())
          .containsEntry("TRACEPARENT", trace);
    }
    assertThat(of(1, Map.of(), BARE).values()).doesNotContainKey("TRACEPARENT");
  }
}
