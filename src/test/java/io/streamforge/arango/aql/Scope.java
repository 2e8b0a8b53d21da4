package io.streamforge.arango.aql;

import io.streamforge.arango.ArangoError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that a statement may use at one point. */
final class Scope {
  private final Set<String> parameters = new HashSet<>();
  private final Deque<Set<String>> variables = new ArrayDeque<>();

  Scope() {
    variables.push(Set.of());
  }

  /** A query begins; its variables end with it. */
  void open() {
    variables.push(new HashSet<>(variables.getFirst()));
  }

  void close() {
    variables.pop();
  }

  boolean knows(String variable) {
    return variables.getFirst().contains(variable);
  }

  void declare(String variable) {
    if (!variables.getFirst().add(variable) && !List.of("NEW", "OLD").contains(variable)) {
      throw new ArangoError(
          400, 1511, "AQL: variable '" + variable + "' is assigned multiple times");
    }
  }

  /** After COLLECT the variables before it are gone. */
  void forget() {
    variables.getFirst().clear();
  }

  void addParameter(String name) {
    parameters.add(name);
  }

  Set<String> parameters() {
    return Set.copyOf(parameters);
  }
}
