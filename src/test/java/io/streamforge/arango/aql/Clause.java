package io.streamforge.arango.aql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a statement: what becomes of the rows before it. */
sealed interface Clause {

  /** Over a collection, or over the elements of an expression; one of them is null. */
  record For(String variable, @Nullable String collection, @Nullable Expression source)
      implements Clause {}

  record Let(String variable, Expression value) implements Clause {}

  record Filter(Expression condition) implements Clause {}

  record Sort(List<Key> keys) implements Clause {}

  record Key(Expression value, boolean descending) {}

  record Limit(Expression count) implements Clause {}

  record CollectCount(String group, Expression by, String count) implements Clause {}

  record Insert(Expression document, String collection, Options options) implements Clause {}

  /** {@code UPDATE key WITH changes}, or {@code REPLACE}. */
  record Modify(
      boolean replace, Expression key, Expression with, String collection, Options options)
      implements Clause {}

  /** {@code REMOVE key}. */
  record Remove(Expression key, String collection, Options options) implements Clause {}

  record Return(Expression value) implements Clause {}

  /** Those of OPTIONS that we use, with ArangoDB's defaults. */
  record Options(
      boolean keepNull, boolean ignoreRevs, boolean ignoreErrors, boolean ignoreDuplicates) {
    static final Options DEFAULTS = new Options(true, true, false, false);
  }
}
