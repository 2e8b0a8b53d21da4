package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

/**
 * What could be made of a model's answer.
 *
 * @param findings what was found in it, after all checks
 * @param problem why it is not as it should be, in words for the model and without any of its own;
 *     empty when it is
 */
record ModelReply(Findings findings, String problem) {
  ModelReply {
    requireNonNull(findings, "findings is null");
    requireNonNull(problem, "problem is null");
  }

  boolean usable() {
    return problem.isEmpty();
  }

  boolean saysSomething() {
    return !findings.topics().isEmpty()
        || !findings.points().isEmpty()
        || !findings.tasks().isEmpty()
        || !findings.conclusions().isEmpty();
  }
}
