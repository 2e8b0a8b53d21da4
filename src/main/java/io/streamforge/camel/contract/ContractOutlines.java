package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.ResourceResolverSupport;

/**
 * The resources {@code contract:<file>}: of a file of the contract its paths, and of each operation
 * the id and the summary, as OpenAPI 3.0. rest-openapi needs no more; of a whole file its parser
 * resolves every schema, which takes an eighth of a start.
 */
final class ContractOutlines extends ResourceResolverSupport {
  private static final String SCHEME = "contract";

  /** The name by which Camel looks for it in the registry. */
  static final String NAME = DefaultResourceLoader.RESOURCE_LOADER_KEY_PREFIX + SCHEME;

  private static final List<String> KEPT = List.of("operationId", "summary");

  private final Map<String, byte[]> outlines = new TreeMap<>();

  ContractOutlines() {
    super(SCHEME);
  }

  /** {@code document} is what stands in the file. */
  void add(Path file, JsonNode document) {
    ObjectNode outline = JsonNodeFactory.instance.objectNode();
    outline.put("openapi", "3.0.3").set("info", document.path("info"));
    var paths = outline.putObject("paths");
    for (var path : document.path("paths").properties()) {
      var verbs = paths.putObject(path.getKey());
      for (var verb : path.getValue().properties()) {
        if (OperationReader.VERBS.contains(verb.getKey())) {
          verbs.set(verb.getKey(), outline(verb.getValue()));
        }
      }
    }
    outlines.put(file.toString(), StrictJson.write(outline));
  }

  private static ObjectNode outline(JsonNode operation) {
    ObjectNode outline = JsonNodeFactory.instance.objectNode();
    KEPT.stream().filter(operation::has).forEach(field -> outline.set(field, operation.get(field)));
    // OpenAPI 3.0 wants an answer of each.
    outline.putObject("responses").putObject("200").put("description", "");
    return outline;
  }

  /**
   * @throws IllegalArgumentException if the contract has no such file
   */
  @Override
  protected Resource createResource(String location, String file) {
    byte[] outline = outlines.get(file);
    if (outline == null) {
      throw new IllegalArgumentException(
          location + " is not of the contract, which has " + outlines.keySet());
    }
    return ResourceHelper.fromBytes(location, outline);
  }
}
