package io.streamforge.queues;

import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.Unattributed;
import io.streamforge.queues.Observation.Word;
import io.streamforge.queues.TelemetryMessage.StepName;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker's message and the step that it belongs to: the one that its source's suffix names; else
 * the only one that fits by target and type, then by target, then by type; else the only loader, or
 * the only step; else none.
 *
 * @param name what the message's {@link TelemetryMessage#stepName} gave
 * @param recordTime the time of the record that carried it, for workers whose own clock says
 *     nothing
 */
public record TelemetrySighting(
    TelemetryMessage message, @Nullable StepName name, Origin origin, Instant recordTime)
    implements Sighting {

  /** A sighting of the step that the message names itself. */
  public TelemetrySighting(TelemetryMessage message, Origin origin, Instant recordTime) {
    this(message, message.stepName(), origin, recordTime);
  }

  @Override
  public @Nullable Observation on(QueueState queue) {
    String named = message.queueId();
    if (named != null && name == null && !named.equals(queue.id())) {
      return null;
    }
    Instant at = time();
    StepState step = step(queue);
    if (step == null) {
      String who = message.source() == null ? "an unnamed worker" : message.source();
      return new Unattributed("a message of " + who + " fits no step" + said(), origin, at);
    }
    return new Reported(
        step.number(),
        message.word() == null ? Word.LOADING : message.word(),
        message.records(),
        message.lastLoadedTimestamp(),
        message.explanation(),
        origin,
        at);
  }

  /** A worker's clock that is ahead of the record's would keep its queue waiting for the future. */
  private Instant time() {
    Instant sentAt = message.sentAt();
    return sentAt == null || sentAt.isAfter(recordTime) ? recordTime : sentAt;
  }

  private String said() {
    return message.explanation() == null ? "" : ": " + message.explanation();
  }

  /** The step that the message belongs to, null when no rule finds one. */
  @Nullable StepState step(QueueState queue) {
    if (name != null && name.number() <= queue.steps().size()) {
      return queue.step(name.number());
    }
    String target = message.target() == null ? prefix() : message.target();
    Predicate<StepState> sameTarget = step -> step.target().equals(target);
    Predicate<StepState> sameType = step -> step.type().equals(message.dataType());
    List<Predicate<StepState>> rules =
        List.of(
            sameTarget.and(sameType),
            sameTarget,
            sameType,
            step -> step.role() == Role.LOADER,
            step -> true);
    for (Predicate<StepState> rule : rules) {
      List<StepState> fitting = queue.steps().stream().filter(rule).toList();
      if (fitting.size() == 1) {
        return fitting.get(0);
      }
    }
    return null;
  }

  private @Nullable String prefix() {
    String source = message.source();
    if (source == null) {
      return null;
    }
    int end = source.lastIndexOf("__");
    return end < 0 ? source : source.substring(0, end);
  }
}
