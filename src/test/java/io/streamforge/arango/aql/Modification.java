package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** INSERT, UPDATE and REPLACE. */
final class Modification {
  private final Documents documents;
  private final Evaluation evaluation;

  Modification(Documents documents, Evaluation evaluation) {
    this.documents = documents;
    this.evaluation = evaluation;
  }

  List<Row> insert(Clause.Insert insert, List<Row> rows) {
    List<Row> written = new ArrayList<>();
    for (Row row : rows) {
      ObjectNode document = object(evaluation.value(insert.document(), row));
      boolean there = documents.contains(insert.collection(), document.path("_key").asText());
      if (!(insert.options().ignoreDuplicates() && there)) {
        attempt(
            written, row, insert.options(), () -> documents.insert(insert.collection(), document));
      }
    }
    return written;
  }

  List<Row> modify(Clause.Modify modify, List<Row> rows) {
    List<Row> written = new ArrayList<>();
    for (Row row : rows) {
      JsonNode read = evaluation.value(modify.key(), row);
      ObjectNode with = object(evaluation.value(modify.with(), row));
      attempt(written, row, modify.options(), () -> write(modify, read, with));
    }
    return written;
  }

  private ObjectNode write(Clause.Modify modify, JsonNode read, ObjectNode with) {
    String key = read.isTextual() ? read.textValue() : read.path("_key").asText();
    ObjectNode current = documents.current(modify.collection(), key);
    if (!modify.options().ignoreRevs()
        && read.has("_rev")
        && !Objects.equals(read.get("_rev"), current.get("_rev"))) {
      throw ArangoError.conflict(key);
    }
    ObjectNode document = modify.replace() ? with : Values.merge(current, with, true);
    if (!modify.options().keepNull()) {
      removeNulls(document);
    }
    return documents.replace(modify.collection(), key, document);
  }

  private static void attempt(
      List<Row> written, Row row, Clause.Options options, Supplier<ObjectNode> write) {
    try {
      written.add(row.with("NEW", write.get()));
    } catch (ArangoError e) {
      if (!options.ignoreErrors()) {
        throw e;
      }
    }
  }

  private static void removeNulls(ObjectNode object) {
    object.properties().removeIf(member -> member.getValue().isNull());
    for (JsonNode each : object) {
      if (each instanceof ObjectNode inside) {
        removeNulls(inside);
      }
    }
  }

  private static ObjectNode object(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new ArangoError(400, 1227, "invalid document type");
  }
}
