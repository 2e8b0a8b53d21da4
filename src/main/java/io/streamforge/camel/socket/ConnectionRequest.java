package io.streamforge.camel.socket;

import io.streamforge.camel.socket.Refused.Fault;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has asked for in its query.
 *
 * @param keys what it filters by; empty for all
 * @param since the sequence after which it wants a replay
 */
record ConnectionRequest(String format, Set<String> keys, OptionalLong since) {

  /** The name of the parameter that chooses a format. */
  static final String FORMAT = "format";

  ConnectionRequest {
    keys = Set.copyOf(keys);
  }

  static ConnectionRequest parse(MultiMap query, LiveSocketEndpoint endpoint) throws Refused {
    List<Fault> faults = new ArrayList<>();
    List<String> formats = endpoint.formatList();
    String keyParameter = endpoint.getKeyParameter();
    String sinceParameter = endpoint.getSinceParameter();
    Set<String> known = new LinkedHashSet<>();
    known.add(FORMAT);
    known.add(keyParameter);
    known.add(sinceParameter);
    for (String name : query.names()) {
      if (name.isEmpty() || !known.contains(name)) {
        faults.add(new Fault(name, "is not a parameter of this request"));
      }
    }
    String format = single(query, FORMAT, faults);
    if (format != null && !formats.contains(format)) {
      faults.add(new Fault(FORMAT, "must be one of " + String.join(", ", formats)));
    }
    List<String> keys = keyParameter.isEmpty() ? List.of() : query.getAll(keyParameter);
    if (keys.stream().anyMatch(String::isBlank)) {
      faults.add(new Fault(keyParameter, "must not be empty"));
    }
    OptionalLong since = since(single(query, sinceParameter, faults), sinceParameter, faults);
    if (!faults.isEmpty()) {
      throw Refused.faults(faults);
    }
    return new ConnectionRequest(
        format == null ? formats.get(0) : format, new LinkedHashSet<>(keys), since);
  }

  private static @Nullable String single(MultiMap query, String name, List<Fault> faults) {
    if (name.isEmpty()) {
      return null;
    }
    List<String> values = query.getAll(name);
    if (values.size() > 1) {
      faults.add(new Fault(name, "must be given once"));
      return null;
    }
    return values.isEmpty() ? null : values.get(0);
  }

  private static OptionalLong since(@Nullable String text, String name, List<Fault> faults) {
    if (text == null) {
      return OptionalLong.empty();
    }
    if (text.matches("[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    faults.add(new Fault(name, "must be a whole number that is not negative"));
    return OptionalLong.empty();
  }
}
