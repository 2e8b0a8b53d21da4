package io.streamforge.queues;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request says of one step beyond its target and type; null where it says nothing. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepFields(
    @Nullable String interval,
    @Nullable List<String> collectionInputs,
    @Nullable String collectionOutput,
    @Nullable String graphCollection,
    @Nullable String modelOutput,
    @Nullable String inferenceInterval,
    @Nullable String source,
    @Nullable String image) {

  public StepFields {
    collectionInputs = collectionInputs == null ? null : List.copyOf(collectionInputs);
  }

  /** The names of the data that the step reads from collections. */
  List<String> reads() {
    List<String> names = new ArrayList<>();
    if (collectionInputs != null) {
      names.addAll(collectionInputs);
    }
    if (graphCollection != null) {
      names.add(graphCollection);
    }
    if (source != null) {
      names.add(source);
    }
    return names;
  }
}
