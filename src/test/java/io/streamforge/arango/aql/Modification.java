package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** INSERT, UPDATE, REPLACE and REMOVE. */
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
            () -> written.add(row.with("NEW", documents.insert(insert.collection(), document))),
            insert.options());
      }
    }
    return written;
  }

  List<Row> modify(Clause.Modify modify, List<Row> rows) {
    List<Row> written = new ArrayList<>();
    for (Row row : rows) {
      JsonNode read = evaluation.value(modify.key(), row);
      ObjectNode with = object(evaluation.value(modify.with(), row));
      attempt(() -> written.add(row.with("NEW", write(modify, read, with))), modify.options());
    }
    return written;
  }

  List<Row> remove(Clause.Remove remove, List<Row> rows) {
    List<Row> removed = new ArrayList<>();
    for (Row row : rows) {
      JsonNode read = evaluation.value(remove.key(), row);
      attempt(
          () -> {
            current(remove.collection(), read, remove.options());
            removed.add(row.with("OLD", documents.remove(remove.collection(), key(read))));
          },
          remove.options());
    }
    return removed;
  }

  private static String key(JsonNode read) {
    return read.isTextual() ? read.textValue() : read.path("_key").asText();
  }

  /** The document by now, which must be the one that was read if revisions count. */
  private ObjectNode current(String collection, JsonNode read, Clause.Options options) {
    ObjectNode current = documents.current(collection, key(read));
    if (!options.ignoreRevs()
        && read.has("_rev")
        && !Objects.equals(read.get("_rev"), current.get("_rev"))) {
      throw ArangoError.conflict(key(read));
    }
    return current;
  }

  private ObjectNode write(Clause.Modify modify, JsonNode read, ObjectNode with) {
    ObjectNode current = current(modify.collection(), read, modify.options());
    ObjectNode document = modify.replace() ? with : Values.merge(current, with, true);
    if (!modify.options().keepNull()) {
      removeNulls(document);
    }
    return documents.replace(modify.collection(), key(read), document);
  }

  private static void attempt(Runnable write, Clause.Options options) {
    try {
      write.run();
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
