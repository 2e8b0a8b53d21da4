package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final String TARGET =
      "{name: miner, role: processor, image_setting: miner.image, types: {bounded: [dig]}";

  @TempDir Path directory;

  private Path file(String yaml) {
    try {
      return Files.writeString(directory.resolve("targets.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "loader-producer, api, false",
    "loader-producer, rest, false",
    "loader-producer, api_candles_5m, false",
    "loader-producer, api_trades, false",
    "loader-producer, ws, true",
    "loader-producer, ws_candles_1m, true",
    "loader-producer, ws_depth, true",
    "arango-connector, api, true",
    "arango-connector, api_candles_5m, true",
    "arango-connector, ws_trades, true",
    "graph-builder, gnn_graph, false",
    "graph-builder, realtime_graph, true",
    "gnn-trainer, gnn_train, false",
    "gnn-trainer, realtime_gnn_infer, true",
    "visualizer, graph_metrics_stream, true"
  })
  void the_types_of_the_contract_are_bounded_or_endless(
      String target, String type, boolean endless) {
    assertThat(Queues.CATALOGUE.target(target).orElseThrow().isEndless(type)).contains(endless);
  }

  @ParameterizedTest
  @CsvSource({
    "loader-producer, api_candles_",
    "loader-producer, xapi",
    "loader-producer, api_candles_5.m",
    "arango-connector, gnn_graph",
    "visualizer, ws"
  })
  void another_type_is_not_taken(String target, String type) {
    assertThat(Queues.CATALOGUE.target(target).orElseThrow().isEndless(type)).isEmpty();
  }

  @Test
  void an_operator_adds_a_target_with_one_entry() {
    Catalogue catalogue = Catalogue.read(file("targets: [" + TARGET + ", env: {DEPTH: '7'}}]"));

    assertThat(catalogue.names()).containsExactly("miner");
    assertThat(catalogue.target("miner").orElseThrow().env()).containsEntry("DEPTH", "7");
    assertThat(catalogue.target("visualizer")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targets: [{name: miner, roll: x}] | roll",
        "targets: [{name: miner, role: digger, image_setting: a, types: {}}] | digger",
        "targets: [{name: miner, role: loader, types: {}}] | image_setting",
        "colours: [] | colours",
        "targets: 5 | targets",
        "'targets: [' | targets.yaml"
      })
  void a_wrong_catalogue_is_told_by_its_file_and_the_word_that_is_wrong(String yaml, String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalogue.read(file(yaml)))
        .withMessageContaining("targets.yaml")
        .withMessageContaining(word);
  }

  @Test
  void two_targets_of_one_name_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalogue.read(file("targets: [" + TARGET + "}, " + TARGET + "}]")))
        .withMessageContaining("miner");
  }
}
