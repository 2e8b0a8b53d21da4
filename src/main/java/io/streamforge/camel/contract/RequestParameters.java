package io.streamforge.camel.contract;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The parameters of a request, each taken from the place that the contract names and from no other:
 * a header cannot pass for a query parameter.
 *
 * @param values by name: text, or a list of texts where the parameter is repeatable
 * @param faults what is wrong with them, unknown query parameters included
 */
record RequestParameters(Map<String, Object> values, List<Fault> faults) {
  private static final int MOST_QUERY_PARAMETERS = 1024;

  /**
   * @param path gives a path parameter by its name
   * @throws Refusal 400 if the query cannot be decoded
   */
  static RequestParameters of(
      Operation operation, HttpServerRequest request, UnaryOperator<String> path) {
    var query = new HashMap<>(query(request));
    var values = new HashMap<String, Object>();
    var faults = new ArrayList<Fault>();
    for (Parameter parameter : operation.parameters()) {
      var given = given(parameter, request, query, path);
      if (!given.isEmpty()) {
        values.put(parameter.name(), parameter.repeatable() ? given : given.get(0));
        faults.addAll(parameter.faults(given));
      } else if (parameter.fallback() != null) {
        values.put(parameter.name(), parameter.fallback());
      } else if (parameter.required()) {
        faults.add(new Fault(parameter.name(), "is required"));
      }
    }
    query.keySet().stream()
        .sorted()
        .map(name -> new Fault(name, "is not a parameter of this request: remove it"))
        .forEach(faults::add);
    return new RequestParameters(values, faults);
  }

  private static List<String> given(
      Parameter parameter,
      HttpServerRequest request,
      Map<String, List<String>> query,
      UnaryOperator<String> path) {
    var name = parameter.name();
    return switch (parameter.place()) {
      case QUERY -> {
        var given = query.remove(name);
        yield given == null ? List.of() : given;
      }
      case PATH -> List.of(path.apply(name));
      case HEADER -> request.headers().getAll(name);
    };
  }

  private static Map<String, List<String>> query(HttpServerRequest request) {
    try {
      return new QueryStringDecoder(
              request.uri(), StandardCharsets.UTF_8, true, MOST_QUERY_PARAMETERS, true)
          .parameters();
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The query cannot be read: write a percent sign as %25");
    }
  }
}
