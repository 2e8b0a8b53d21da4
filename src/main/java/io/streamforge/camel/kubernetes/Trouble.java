package io.streamforge.camel.kubernetes;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod or a job does not do well.
 *
 * @param reason the cluster's word, such as {@code OOMKilled}
 * @param exitCode of the container, null when none has ended
 * @param message the cluster's explanation
 * @param container the name of the container whose log may tell more
 */
public record Trouble(
    String reason,
    @Nullable Integer exitCode,
    @Nullable String message,
    @Nullable String container) {
  private static final int LONGEST_MESSAGE = 300;

  /** The kubelet says so of a container that cannot start as things are. */
  private static final Set<String> STUCK =
      Set.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "CrashLoopBackOff",
          "RunContainerError");

  /** What is wrong with a pod; empty while nothing is. */
  public static Optional<Trouble> of(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    return Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
        .flatMap(container -> of(container).stream())
        .findFirst()
        .or(() -> ofPhase(status))
        .or(() -> ofScheduling(status));
  }

  private static Optional<Trouble> of(ContainerStatus container) {
    ContainerStateTerminated end = end(container.getState());
    if (end == null) {
      end = end(container.getLastState());
    }
    if (end != null && end.getExitCode() != 0) {
      return Optional.of(
          new Trouble(
              requireNonNullElse(end.getReason(), "Error"),
              end.getExitCode(),
              end.getMessage(),
              container.getName()));
    }
    ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    if (waiting != null && STUCK.contains(requireNonNullElse(waiting.getReason(), ""))) {
      return Optional.of(
          new Trouble(waiting.getReason(), null, waiting.getMessage(), container.getName()));
    }
    return Optional.empty();
  }

  private static @Nullable ContainerStateTerminated end(@Nullable ContainerState state) {
    return state == null ? null : state.getTerminated();
  }

  private static Optional<Trouble> ofPhase(PodStatus status) {
    return "Failed".equals(status.getPhase())
        ? Optional.of(
            new Trouble(
                requireNonNullElse(status.getReason(), "Failed"), null, status.getMessage(), null))
        : Optional.empty();
  }

  private static Optional<Trouble> ofScheduling(PodStatus status) {
    return status.getConditions().stream()
        .filter(condition -> "PodScheduled".equals(condition.getType()))
        .filter(condition -> "False".equals(condition.getStatus()))
        .findFirst()
        .map(
            condition ->
                new Trouble(
                    requireNonNullElse(condition.getReason(), "Unschedulable"),
                    null,
                    condition.getMessage(),
                    null));
  }

  /** Why a job has failed; empty when it has not. */
  public static Optional<Trouble> of(Job job) {
    return conditions(job, "Failed").findFirst();
  }

  /** Whether a job says that it is complete. */
  public static boolean isComplete(Job job) {
    return conditions(job, "Complete").findFirst().isPresent();
  }

  private static Stream<Trouble> conditions(Job job, String type) {
    return job.getStatus() == null
        ? Stream.empty()
        : job.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .filter(condition -> "True".equals(condition.getStatus()))
            .map(
                condition ->
                    new Trouble(
                        requireNonNullElse(condition.getReason(), type),
                        null,
                        condition.getMessage(),
                        null));
  }

  /** What is wrong, to be said of a worker or a job: {@code ran out of memory (OOMKilled, …)}. */
  public String words() {
    String code = exitCode == null ? reason : reason + ", exit code " + exitCode;
    String words = meaning() + " (" + code + ")";
    return message == null || message.isBlank() ? words : words + ": " + shortened(message);
  }

  private String meaning() {
    return switch (reason) {
      case "OOMKilled" -> "ran out of memory";
      case "Evicted" -> "was evicted from its node";
      case "DeadlineExceeded" -> "ran longer than it may";
      case "BackoffLimitExceeded" -> "was tried as often as it may be";
      case "ImagePullBackOff", "ErrImagePull" -> "cannot get its image";
      case "InvalidImageName" -> "has an image name that is none";
      case "CreateContainerConfigError" -> "lacks something that it is configured with";
      case "CreateContainerError", "RunContainerError" -> "cannot be started by its node";
      case "CrashLoopBackOff" -> "ends again and again";
      case "Unschedulable" -> "finds no node to run on";
      case "NodeLost", "NodeShutdown", "Terminated", "Shutdown" -> "lost its node";
      case "ContainerCannotRun", "StartError" -> "cannot run its command";
      default -> "failed";
    };
  }

  private static String shortened(String text) {
    String line = String.join(" ", List.of(text.strip().split("\\s*\\R\\s*", -1)));
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
