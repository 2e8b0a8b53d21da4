package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.BodyRule;
import io.streamforge.camel.contract.Fault;
import io.streamforge.queues.Catalogue.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request to start must hold beyond the schema: real dates, targets of the catalogue, steps
 * that can run.
 */
public final class StartRule implements BodyRule {
  private static final Set<String> COMMON = Set.of("target", "type", "image");

  private final Catalogue catalogue;
  private final QueuePlan plan;
  private final List<Pattern> allowedImages;
  private final int maxSteps;

  /**
   * A rule for these targets; an image in a step must match one of {@code allowedImages}, in which
   * {@code *} is any text.
   */
  public StartRule(Catalogue catalogue, QueuePlan plan, List<String> allowedImages, int maxSteps) {
    this.catalogue = catalogue;
    this.plan = plan;
    this.allowedImages = allowedImages.stream().map(StartRule::pattern).toList();
    this.maxSteps = maxSteps;
  }

  @Override
  public List<Fault> faults(JsonNode body) {
    List<Fault> faults = new ArrayList<>();
    TimeRange range = range(body, faults);
    boolean pipeline = !body.has("type") || body.has("requests") || body.has("microservices");
    String list = body.has("microservices") && !body.has("requests") ? "microservices" : "requests";
    List<JsonNode> requests = QueuePlan.requests(body);
    if (requests.size() > maxSteps) {
      faults.add(new Fault(list, "must have at most " + maxSteps + " steps"));
    }
    for (int index = 0; index < requests.size(); index++) {
      check(requests.get(index), pipeline ? list + "[" + index + "]." : "", faults);
    }
    if (faults.isEmpty()
        && range != null
        && !requests.isEmpty()
        && requests.stream().allMatch(this::isKnown)) {
      checkTogether(body, requests, list, range, faults);
    }
    return faults;
  }

  private static @Nullable TimeRange range(JsonNode body, List<Fault> faults) {
    if (!body.path("time_range").isTextual()) {
      return null;
    }
    try {
      return TimeRange.parse(body.path("time_range").asText().strip());
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("time_range", String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void check(JsonNode request, String at, List<Fault> faults) {
    if (!request.path("target").isTextual()) {
      return;
    }
    String name = request.path("target").asText();
    Target target = catalogue.target(name).orElse(null);
    if (target == null) {
      String known = String.join(", ", catalogue.names());
      faults.add(new Fault(at + "target", "is not one of the targets " + known));
      return;
    }
    JsonNode type = request.path("type");
    if (type.isTextual() && target.isEndless(type.asText()).isEmpty()) {
      String takes = target.typesInWords();
      faults.add(new Fault(at + "type", name + " takes no such type, but " + takes));
    }
    for (Iterator<String> fields = request.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!COMMON.contains(field) && !target.fields().contains(field)) {
        faults.add(new Fault(at + field, "is not a field of " + name + "; remove it"));
      }
    }
    checkInterval(request, at, faults);
    checkImage(request, at, faults);
  }

  private static void checkInterval(JsonNode request, String at, List<Fault> faults) {
    String given = request.path("interval").asText("");
    DataNames.intervalOf(request.path("type").asText())
        .filter(suffix -> !given.isEmpty() && !given.equals(suffix))
        .ifPresent(
            suffix ->
                faults.add(
                    new Fault(
                        at + "interval",
                        "must be " + suffix + ", as the type says, or be left out")));
  }

  private void checkImage(JsonNode request, String at, List<Fault> faults) {
    JsonNode image = request.path("image");
    boolean refused =
        image.isTextual()
            && allowedImages.stream()
                .noneMatch(allowed -> allowed.matcher(image.asText()).matches());
    if (refused) {
      faults.add(new Fault(at + "image", "is not an image that the operator allows; leave it out"));
    }
  }

  private void checkTogether(
      JsonNode body, List<JsonNode> requests, String list, TimeRange range, List<Fault> faults) {
    Map<List<String>, Integer> seen = new HashMap<>();
    for (int index = 0; index < requests.size(); index++) {
      JsonNode request = requests.get(index);
      String collection = plan.collection(request, QueuePlan.symbol(body), range);
      List<String> same =
          List.of(request.path("target").asText(), request.path("type").asText(), collection);
      Integer first = seen.putIfAbsent(same, index);
      if (first != null) {
        faults.add(
            new Fault(
                list + "[" + index + "]",
                "has the target, type and collection of " + list + "[" + first + "]; remove one"));
      }
    }
    checkOrder(body, list, faults);
  }

  /** Whether a step can be planned; where it cannot, the schema has found a fault. */
  private boolean isKnown(JsonNode request) {
    return catalogue
        .target(request.path("target").asText())
        .flatMap(target -> target.isEndless(request.path("type").asText()))
        .isPresent();
  }

  /** Steps that wait for each other's data would never start. */
  private void checkOrder(JsonNode body, String list, List<Fault> faults) {
    QueueState queue = plan.of(body, "00000000-0000-4000-8000-000000000000", "", "", Instant.EPOCH);
    Set<Integer> placed = new HashSet<>();
    boolean again = true;
    while (again) {
      again = false;
      for (StepState step : queue.steps()) {
        again |= placed.containsAll(step.sources()) && placed.add(step.number());
      }
    }
    for (StepState step : queue.steps()) {
      if (!placed.contains(step.number())) {
        String message = "waits for data that can only come after it; break the circle";
        faults.add(new Fault(list + "[" + (step.number() - 1) + "]", message));
      }
    }
  }

  private static Pattern pattern(String image) {
    String quoted = Pattern.quote(image.strip()).replace("*", "\\E.*\\Q");
    return Pattern.compile(quoted);
  }
}
