package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.streamforge.camel.trace.TraceContext;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.Role;
import io.streamforge.queues.TimeRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a job's worker is to do; it knows no more than a worker in a container does.
 *
 * @param environment the variables that the worker reads
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Assignment(
    JobRef job, String target, Role role, boolean endless, Map<String, String> environment) {
  private static final List<String> REQUIRED =
      List.of(
          "QUEUE_ID",
          "SYMBOL",
          "TYPE",
          "TIME_RANGE",
          "KAFKA_TOPIC",
          "COLLECTION_NAME",
          "TELEMETRY_ID",
          "QUEUE_CONTROL_TOPIC",
          "QUEUE_EVENTS_TOPIC");

  /** The messages of its errors are fit to show to a client. */
  public Assignment {
    requireNonNull(job, "job is null");
    requireNonNull(target, "target is null");
    requireNonNull(role, "role is null");
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    for (String name : REQUIRED) {
      if (environment.getOrDefault(name, "").isEmpty()) {
        throw new IllegalArgumentException("the worker's environment lacks " + name);
      }
    }
    TimeRange.parse(environment.getOrDefault("TIME_RANGE", ""));
    FailureDrill.of(environment);
    if (role == Role.CONNECTOR && !endless) {
      throw new IllegalArgumentException(
          "a connector reads until it is stopped: list its types as endless in the catalogue");
    }
  }

  /** What the launch of a job asks for. */
  public static Assignment of(JobSpec spec) {
    return new Assignment(
        spec.job(), spec.target(), spec.role(), spec.endless(), spec.environment().values());
  }

  String queueId() {
    return variable("QUEUE_ID");
  }

  String symbol() {
    return variable("SYMBOL");
  }

  String type() {
    return variable("TYPE");
  }

  TimeRange timeRange() {
    return TimeRange.parse(variable("TIME_RANGE"));
  }

  Optional<String> interval() {
    return Optional.ofNullable(environment.get("INTERVAL"));
  }

  String collection() {
    return variable("COLLECTION_NAME");
  }

  String telemetryId() {
    return variable("TELEMETRY_ID");
  }

  String dataTopic() {
    return variable("KAFKA_TOPIC");
  }

  String controlTopic() {
    return variable("QUEUE_CONTROL_TOPIC");
  }

  String eventsTopic() {
    return variable("QUEUE_EVENTS_TOPIC");
  }

  /** The trace of the request that the job follows from. */
  Optional<String> traceparent() {
    return Optional.ofNullable(environment.get(TraceContext.ENVIRONMENT));
  }

  Optional<FailureDrill> drill() {
    return FailureDrill.of(environment);
  }

  /** The topics that must be there before the worker starts. */
  @JsonIgnore
  Set<String> topics() {
    return role == Role.PROCESSOR
        ? Set.of(controlTopic(), eventsTopic())
        : Set.of(controlTopic(), eventsTopic(), dataTopic());
  }

  /** The topics that the worker reads, each from its end on when it first starts. */
  Set<String> topicsRead() {
    return role == Role.CONNECTOR ? Set.of(controlTopic(), dataTopic()) : Set.of(controlTopic());
  }

  private String variable(String name) {
    return requireNonNull(environment.get(name), name);
  }
}
