package io.streamforge.camel.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an operation.
 *
 * @param repeatable whether it is a list, written by giving the name several times
 * @param fallback what it is when the request does not give it, null for nothing
 */
record Parameter(
    String name,
    Place place,
    boolean required,
    boolean repeatable,
    @Nullable Object fallback,
    ContractSchema schema) {

  enum Place {
    QUERY,
    PATH,
    HEADER
  }

  /** Faults of the values given, at least one, as the parts of one value. */
  List<Fault> faults(List<String> values) {
    if (!repeatable && values.size() > 1) {
      return List.of(new Fault(name, "is given more than once"));
    }
    return schema.faults(ParameterValue.of(values, repeatable, schema), name);
  }
}
