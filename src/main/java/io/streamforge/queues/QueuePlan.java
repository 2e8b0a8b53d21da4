package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.Catalogue.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a request that breaks no rule into the state that its queue starts with. */
public final class QueuePlan {
  static final String SINGLE_TARGET = "loader-producer";

  private final Catalogue catalogue;
  private final DataNames names;
  private final UnaryOperator<String> imageOfSetting;

  /**
   * Plans for these targets; {@code imageOfSetting} gives the value of an image setting, empty when
   * it has none.
   */
  public QueuePlan(Catalogue catalogue, DataNames names, UnaryOperator<String> imageOfSetting) {
    this.catalogue = catalogue;
    this.names = names;
    this.imageOfSetting = imageOfSetting;
  }

  /**
   * The queue as it is before anything is launched and before it is stored, which its version 0
   * says.
   *
   * @param body a body that the contract and {@link StartRule} find no fault in
   * @param requestedBy who asks, for the history
   * @param channel by which way, for the history
   */
  public QueueState of(JsonNode body, String id, String requestedBy, String channel, Instant now) {
    return of(new StartRequest(body, requestedBy, channel, null, null), id, now);
  }

  /** The queue that a request starts, as it is before anything is launched and stored. */
  QueueState of(StartRequest request, String id, Instant now) {
    JsonNode body = request.body();
    String symbol = symbol(body);
    TimeRange range = TimeRange.parse(body.path("time_range").asText().strip());
    List<JsonNode> requests = requests(body);
    List<StepState> unordered =
        IntStream.range(0, requests.size())
            .mapToObj(index -> step(requests.get(index), index + 1, id, symbol, range))
            .toList();
    List<StepState> steps = unordered.stream().map(step -> withSources(step, unordered)).toList();
    StepState face =
        steps.stream().filter(step -> step.role() == Role.LOADER).findFirst().orElse(steps.get(0));
    boolean pipeline = !body.has("type");
    HistoryEntry recorded =
        new HistoryEntry(
            now,
            1,
            null,
            null,
            Status.PENDING,
            request.requestedBy(),
            request.channel(),
            "recorded");
    return new QueueState(
        id,
        symbol,
        pipeline ? "pipeline" : face.type(),
        Status.PENDING,
        loaderType(face),
        range.first().toString(),
        range.last().toString(),
        null,
        0,
        null,
        face.kafkaTopic(),
        null,
        null,
        steps,
        now,
        now,
        request.requestedBy(),
        request.traceparent(),
        0,
        null,
        null,
        0,
        Map.of(),
        List.of(recorded),
        0);
  }

  static String symbol(JsonNode body) {
    return body.path("symbol").asText().strip().toUpperCase(Locale.ROOT);
  }

  /**
   * The steps that a body asks for; those of a pipeline, or the one loader that a single request
   * means.
   */
  static List<JsonNode> requests(JsonNode body) {
    List<JsonNode> requests = new ArrayList<>();
    JsonNode list = body.has("requests") ? body.path("requests") : body.path("microservices");
    if (list.isArray()) {
      list.forEach(requests::add);
    } else if (body.path("type").isTextual()) {
      requests.add(
          QueueJson.MAPPER
              .createObjectNode()
              .put("target", SINGLE_TARGET)
              .put("type", body.path("type").asText()));
    }
    return requests;
  }

  /** The collection that a step names itself, or that its type and range give it. */
  String collection(JsonNode request, String symbol, TimeRange range) {
    String own = text(request, "collection_name");
    return own == null ? names.collection(symbol, request.path("type").asText(), range) : own;
  }

  private StepState step(JsonNode request, int number, String id, String symbol, TimeRange range) {
    String type = request.path("type").asText();
    Target target = catalogue.target(request.path("target").asText()).orElseThrow();
    String image = text(request, "image");
    return new StepState(
        number,
        target.name(),
        type,
        target.role(),
        target.isEndless(type).orElseThrow(),
        DataNames.job(id, number, target.name()),
        DataNames.topic(id, type),
        collection(request, symbol, range),
        DataNames.telemetryId(target.name(), id, number),
        image == null ? imageOfSetting.apply(target.imageSetting()) : image,
        fields(request, type),
        List.of(),
        Status.PENDING,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        JobState.NONE);
  }

  private static StepFields fields(JsonNode request, String type) {
    String interval = text(request, "interval");
    List<String> inputs = new ArrayList<>();
    request.path("collection_inputs").forEach(input -> inputs.add(input.asText()));
    return new StepFields(
        interval == null ? DataNames.intervalOf(type).orElse(null) : interval,
        inputs.isEmpty() ? null : inputs,
        text(request, "collection_output"),
        text(request, "graph_collection"),
        text(request, "model_output"),
        text(request, "inference_interval"),
        text(request, "source"),
        text(request, "image"));
  }

  private static StepState withSources(StepState step, List<StepState> all) {
    List<Integer> sources =
        all.stream()
            .filter(other -> other.number() != step.number() && feeds(other, step))
            .map(StepState::number)
            .toList();
    return step.withSources(sources);
  }

  /** Whether what the one step writes is read by the other. */
  static boolean feeds(StepState writer, StepState reader) {
    if (reader.role() == Role.CONNECTOR) {
      return writer.role() == Role.LOADER && writer.kafkaTopic().equals(reader.kafkaTopic());
    }
    return reader.fields().reads().stream().anyMatch(written(writer)::contains);
  }

  private static Set<String> written(StepState step) {
    if (step.role() == Role.CONNECTOR) {
      return Set.of(step.collectionName());
    }
    String output = step.fields().collectionOutput();
    return output == null ? Set.of() : Set.of(output);
  }

  private static String loaderType(StepState face) {
    return switch (face.role()) {
      case CONNECTOR -> "connector";
      case LOADER, PROCESSOR -> face.endless() ? "stream" : "job";
    };
  }

  private static @Nullable String text(JsonNode request, String field) {
    JsonNode value = request.path(field);
    return value.isTextual() ? value.asText() : null;
  }
}
