package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.util.List;

/** A statement in AQL. */
public final class Statement {
  private final List<Clause> clauses;
  private final ObjectNode parameters;

  /**
   * @throws ArangoError when AQL, or this part of it, does not have what the text says, or when the
   *     bind parameters are not those that it names
   */
  public Statement(String text, ObjectNode parameters) {
    Parser.Parsed parsed = Parser.parse(text);
    this.clauses = parsed.clauses();
    this.parameters = parameters;
    for (String name : parsed.parameters()) {
      if (!parameters.has(name)) {
        throw new ArangoError(
            400, 1551, "AQL: no value specified for declared bind parameter '" + name + "'");
      }
    }
    parameters
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!parsed.parameters().contains(name)) {
                throw new ArangoError(
                    400, 1552, "AQL: bind parameter '" + name + "' was not declared in the query");
              }
            });
  }

  /** Its rows. */
  public List<JsonNode> run(Documents documents) {
    return new Execution(documents, parameters).rows(clauses, new Row());
  }
}
