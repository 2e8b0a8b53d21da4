package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads out of a contract which role each operation asks for. OpenAPI 3.1 lets any scheme name the
 * roles that it needs; here all schemes of an operation must name the same one.
 */
final class SecurityReader {
  private final JsonNode root;

  SecurityReader(JsonNode root) {
    this.root = root;
  }

  List<Requirement> read() {
    var requirements = new ArrayList<Requirement>();
    for (var path : root.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        var id = verb.getValue().path("operationId").asText();
        if (!id.isEmpty()) {
          requirements.add(
              new Requirement(
                  path.getKey(),
                  verb.getKey().toUpperCase(Locale.ROOT),
                  id,
                  role(id, verb.getValue().path("security"))));
        }
      }
    }
    return requirements;
  }

  private static Optional<String> role(String id, JsonNode security) {
    if (!security.isArray()) {
      throw new IllegalArgumentException(
          "the operation "
              + id
              + " does not say who may ask for it: give it security with a scope, or [] for everybody");
    }
    Set<String> roles = new LinkedHashSet<>();
    for (var alternative : security) {
      for (var scheme : alternative.properties()) {
        roles.add(scheme.getValue().size() == 1 ? scheme.getValue().get(0).asText() : "");
      }
      if (alternative.isEmpty()) {
        roles.add("");
      }
    }
    if (roles.size() > 1 || roles.contains("")) {
      throw new IllegalArgumentException(
          "each scheme in the security of " + id + " must name the same one scope");
    }
    return roles.stream().findFirst();
  }
}
