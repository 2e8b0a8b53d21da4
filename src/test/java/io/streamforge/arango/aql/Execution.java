package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.ArangoError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** One run of a statement, clause by clause over all rows. */
final class Execution {
  private final Documents documents;
  private final Evaluation evaluation;
  private final Modification modification;

  Execution(Documents documents, ObjectNode parameters) {
    this.documents = documents;
    this.evaluation = new Evaluation(this, parameters);
    this.modification = new Modification(documents, evaluation);
  }

  /** What the clauses return when they begin with that row. */
  List<JsonNode> rows(List<Clause> clauses, Row first) {
    List<Row> rows = List.of(first);
    for (Clause clause : clauses) {
      if (clause instanceof Clause.Return result) {
        return rows.stream().map(row -> evaluation.value(result.value(), row)).toList();
      }
      rows = next(clause, rows, first);
    }
    return List.of();
  }

  private List<Row> next(Clause clause, List<Row> rows, Row first) {
    if (clause instanceof Clause.For loop) {
      return loop(loop, rows);
    }
    if (clause instanceof Clause.Let let) {
      return rows.stream()
          .map(row -> row.with(let.variable(), evaluation.value(let.value(), row)))
          .toList();
    }
    if (clause instanceof Clause.Filter filter) {
      return rows.stream()
          .filter(row -> Values.isTrue(evaluation.value(filter.condition(), row)))
          .toList();
    }
    if (clause instanceof Clause.Sort sort) {
      return rows.stream().sorted(order(sort)).toList();
    }
    if (clause instanceof Clause.Limit limit) {
      JsonNode count = evaluation.value(limit.count(), first);
      if (!count.isIntegralNumber() || count.longValue() < 0) {
        throw new ArangoError(400, 1504, "AQL: LIMIT value is not a number, " + count);
      }
      return rows.stream().limit(count.longValue()).toList();
    }
    if (clause instanceof Clause.CollectCount collect) {
      return collect(collect, rows, first);
    }
    if (clause instanceof Clause.Insert insert) {
      return modification.insert(insert, rows);
    }
    if (clause instanceof Clause.Remove remove) {
      return modification.remove(remove, rows);
    }
    return modification.modify((Clause.Modify) clause, rows);
  }

  private List<Row> loop(Clause.For loop, List<Row> rows) {
    List<Row> next = new ArrayList<>();
    for (Row row : rows) {
      Iterable<? extends JsonNode> source;
      if (loop.collection() != null) {
        source = documents.read(loop.collection());
      } else {
        source = evaluation.array(loop.source(), row);
      }
      source.forEach(each -> next.add(row.with(loop.variable(), each)));
    }
    return next;
  }

  private Comparator<Row> order(Clause.Sort sort) {
    Comparator<Row> order = Comparator.comparing(row -> 0);
    for (Clause.Key key : sort.keys()) {
      Comparator<Row> by =
          Comparator.comparing(row -> evaluation.value(key.value(), row), Values::compare);
      order = order.thenComparing(key.descending() ? by.reversed() : by);
    }
    return order;
  }

  private List<Row> collect(Clause.CollectCount collect, List<Row> rows, Row first) {
    TreeMap<JsonNode, Long> counts = new TreeMap<>(Values::compare);
    rows.forEach(row -> counts.merge(evaluation.value(collect.by(), row), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(
            group ->
                first
                    .with(collect.group(), group.getKey())
                    .with(collect.count(), LongNode.valueOf(group.getValue())))
        .toList();
  }
}
