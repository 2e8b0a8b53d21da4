package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.queues.LaunchOutcome.Result;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.QueueTender.JobSpecs;
import io.streamforge.queues.StoredQueue.Claim;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns requests to start into queues to be stored, and what became of them into words. */
public final class QueueStarter {
  private final QueuePlan plan;
  private final QueueRule rule;
  private final JobSpecs specs;
  private final Duration claimLife;
  private final int maxLiveJobs;
  private final Clock clock;

  /** A starter; an idempotency key lives for {@code claimLife}. */
  public QueueStarter(
      QueuePlan plan,
      QueueRule rule,
      JobSpecs specs,
      Duration claimLife,
      int maxLiveJobs,
      Clock clock) {
    this.plan = plan;
    this.rule = rule;
    this.specs = specs;
    this.claimLife = claimLife;
    this.maxLiveJobs = maxLiveJobs;
    this.clock = clock;
  }

  /** A request that came over REST; a key counts per caller. */
  public StartRequest requestOverRest(
      JsonNode body,
      @Nullable String idempotencyKey,
      @Nullable String caller,
      @Nullable String traceparent) {
    String by = caller == null ? "anonymous" : caller;
    // Encoded, so that no key of one caller can be that of another.
    String whose = "rest:" + URLEncoder.encode(by, StandardCharsets.UTF_8) + ":";
    String key = idempotencyKey == null ? null : whose + idempotencyKey;
    return new StartRequest(body, by, "rest", key, traceparent);
  }

  /** The queue to be stored, its first launches decided. */
  public QueueState queue(StartRequest request) {
    Instant now = now();
    QueueState planned = plan.of(request, UUID.randomUUID().toString(), now);
    return rule.apply(planned, List.of(new Tick(null, now)));
  }

  /** The queue as a store keeps it, with the claim of the request's key. */
  public StoredQueue stored(QueueState queue, StartRequest request) {
    String key = request.idempotencyKey();
    Claim claim = key == null ? null : new Claim(key, hash(request.body()), now().plus(claimLife));
    return QueueJson.stored(queue, claim);
  }

  /** Whether the queue's jobs would not fit beside those that live. */
  public boolean isTooMany(QueueState queue, long liveJobs) {
    return liveJobs + queue.steps().size() > maxLiveJobs;
  }

  /**
   * What a start is answered that there is no room for: the id of the queue that an equal request
   * started before.
   *
   * @param before the queue that holds the request's idempotency key, null when none does
   * @throws Refusal 429 when there is none, 409 when the request before had another body
   */
  public String beforeOrRefuse(@Nullable StoredQueue before, StartRequest request) {
    if (before == null) {
      throw new Refusal(
          429,
          "At most " + maxLiveJobs + " jobs may live: wait until some have ended, or stop a queue",
          List.of(),
          10);
    }
    return sameAsBefore(before, request);
  }

  /**
   * The id of the queue that an equal request started before.
   *
   * @throws Refusal 409 when the request before had another body
   */
  public String sameAsBefore(StoredQueue before, StartRequest request) {
    Claim claim = before.claim();
    if (claim != null && !claim.bodyHash().equals(hash(request.body()))) {
      throw new Refusal(
          409,
          "This idempotency key was used for another body; send the first body again, or take a new key");
    }
    return before.id();
  }

  /** What the client of a start is told. */
  public String message(QueueState queue, List<LaunchOutcome> outcomes) {
    for (LaunchOutcome outcome : outcomes) {
      if (outcome.result() == Result.REFUSED) {
        String step = queue.step(outcome.job().step()).title();
        return "Queue recorded, but it cannot run: " + step + ": " + outcome.reason();
      }
    }
    return outcomes.stream().anyMatch(outcome -> outcome.result() == Result.AWAY)
        ? "Queue recorded; its jobs start when the cluster is back"
        : "Queue started";
  }

  /**
   * What a dry run shows: the steps with all names, when each is launched and why, and the
   * manifests of their jobs.
   */
  public ObjectNode preview(QueueState queue) {
    ObjectNode preview = QueueJson.MAPPER.createObjectNode();
    ArrayNode steps = preview.putArray("steps");
    for (StepState step : queue.steps()) {
      ObjectNode one = steps.addObject();
      one.put("number", step.number()).put("target", step.target()).put("type", step.type());
      one.put("runs", step.endless() ? "endless" : "bounded");
      one.put("job_name", step.jobName()).put("kafka_topic", step.kafkaTopic());
      one.put("collection_name", step.collectionName()).put("telemetry_id", step.telemetryId());
      one.put("image", step.image()).put("launch", launch(queue, step));
      one.set("sources", QueueJson.MAPPER.valueToTree(step.sources()));
    }
    ArrayNode manifests = preview.putArray("manifests");
    specs.ofAll(queue).forEach(spec -> manifests.add(spec.manifest()));
    return preview;
  }

  private static String launch(QueueState queue, StepState step) {
    if (step.job().phase() != JobPhase.NONE) {
      return "at once";
    }
    String sources =
        String.join(", ", step.sources().stream().map(n -> queue.step(n).title()).toList());
    return switch (step.role()) {
      case CONNECTOR -> "at once";
      case LOADER -> "when the connectors that read its topic run, since they read from its end";
      case PROCESSOR -> step.endless() ? "together with " + sources : "when finished: " + sources;
    };
  }

  /**
   * A hash of the body that does not change with the order of its fields or the case of its symbol.
   */
  static String hash(JsonNode body) {
    ObjectNode canonical = body.deepCopy();
    canonical.put("symbol", QueuePlan.symbol(body));
    canonical.put("time_range", body.path("time_range").asText().strip());
    if (canonical.has("microservices")) {
      canonical.set("requests", canonical.remove("microservices"));
    }
    try {
      byte[] text = sorted(canonical).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = QueueJson.MAPPER.createArrayNode();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    node.fields().forEachRemaining(field -> fields.put(field.getKey(), sorted(field.getValue())));
    ObjectNode object = QueueJson.MAPPER.createObjectNode();
    object.setAll(fields);
    return object;
  }

  private Instant now() {
    return clock.instant();
  }
}
