package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamforge.queues.QueueJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a job.
 *
 * @param assignment null of a job that was deleted before it was launched, so that it never runs
 */
record JobDocument(@Nullable Assignment assignment, Progress progress) {
  private static final ObjectReader READER = QueueJson.MAPPER.readerFor(JobDocument.class);

  JobDocument {
    requireNonNull(progress, "progress is null");
  }

  static JobDocument read(String document) {
    try {
      return READER.readValue(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored job cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  String write() {
    try {
      return QueueJson.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job cannot be written: " + e.getOriginalMessage(), e);
    }
  }

  JobDocument with(Progress next) {
    return new JobDocument(assignment, next);
  }

  /** The topics that its worker needs. */
  Set<String> topics() {
    return assignment == null ? Set.of() : assignment.topics();
  }
}
