package io.streamforge.queues;

import io.streamforge.camel.trace.TraceContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a step's worker: the union of what the workers of all targets read.
 *
 * @param values the variables in the open, in the order of the alphabet
 * @param secrets variable to the key in the workers' Secret that holds it
 */
public record WorkerEnvironment(Map<String, String> values, Map<String, String> secrets) {
  private static final List<String> KAFKA_PASSWORDS =
      List.of("KAFKA_PASSWORD", "KAFKA_PASSWORD_PRODUCER", "KAFKA_PASSWORD_CONSUMER");

  public WorkerEnvironment {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /** The environment of one step, the catalogue's own variables last so that they win. */
  public static WorkerEnvironment of(
      QueueState queue, StepState step, Map<String, String> catalogueEnv, WorkerSettings settings) {
    Map<String, String> env = new TreeMap<>();
    env.put("QUEUE_ID", queue.id());
    env.put("SYMBOL", queue.symbol());
    env.put("TYPE", step.type());
    env.put("TIME_RANGE", queue.startTime() + ":" + queue.endTime());
    env.put("KAFKA_TOPIC", step.kafkaTopic());
    env.put("COLLECTION_NAME", step.collectionName());
    both(env, "TELEMETRY_PRODUCER_ID", "TELEMETRY_ID", step.telemetryId());
    putFields(env, step.fields());
    putPeers(env, settings);
    set(env, TraceContext.ENVIRONMENT, queue.traceparent());
    env.putAll(catalogueEnv);
    Map<String, String> secrets = new TreeMap<>();
    if (!settings.kafkaUser().isEmpty()) {
      KAFKA_PASSWORDS.forEach(name -> secrets.put(name, "KAFKA_PASSWORD"));
    }
    secrets.put("ARANGO_PASSWORD", "ARANGO_PASSWORD");
    return new WorkerEnvironment(env, secrets);
  }

  private static void putFields(Map<String, String> env, StepFields fields) {
    set(env, "INTERVAL", fields.interval());
    List<String> inputs = fields.collectionInputs();
    if (inputs != null) {
      both(env, "COLLECTION_INPUTS", "INPUT_COLLECTIONS", String.join(",", inputs));
    }
    set(env, "COLLECTION_OUTPUT", fields.collectionOutput());
    both(env, "GRAPH_COLLECTION", "GRAPH_COLLECTION_NAME", fields.graphCollection());
    both(env, "MODEL_OUTPUT", "MODEL_NAME", fields.modelOutput());
    set(env, "INFERENCE_INTERVAL", fields.inferenceInterval());
    set(env, "SOURCE", fields.source());
  }

  private static void putPeers(Map<String, String> env, WorkerSettings settings) {
    set(env, "KAFKA_BOOTSTRAP_SERVERS", settings.kafkaBootstrapServers());
    both(env, "KAFKA_USER_PRODUCER", "KAFKA_USER_CONSUMER", settings.kafkaUser());
    set(env, "KAFKA_USER", settings.kafkaUser());
    both(env, "CA_PATH", "KAFKA_CA_PATH", settings.caPath());
    both(env, "QUEUE_CONTROL_TOPIC", "CONTROL_TOPIC", settings.controlTopic());
    both(env, "QUEUE_EVENTS_TOPIC", "TELEMETRY_TOPIC", settings.eventsTopic());
    env.put("ARANGO_URL", settings.arangoUrl());
    env.put("ARANGO_DB", settings.arangoDb());
    env.put("ARANGO_USER", settings.arangoUser());
    set(env, "K8S_NAMESPACE", settings.namespace());
  }

  private static void both(
      Map<String, String> env, String name, String otherName, @Nullable String value) {
    set(env, name, value);
    set(env, otherName, value);
  }

  private static void set(Map<String, String> env, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      env.put(name, value);
    }
  }
}
