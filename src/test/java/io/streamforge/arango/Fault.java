package io.streamforge.arango;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * What goes wrong with a request.
 *
 * @param concerns the path of the requests that it happens to
 */
public record Fault(Kind kind, Predicate<String> concerns, int code, int number) {

  /** How it goes wrong. */
  public enum Kind {
    /** Another answer than the right one; nothing is done. */
    ANSWER,
    /** No answer at all; nothing is done. */
    HANG,
    /** The line is cut; nothing is done. */
    DROP_BEFORE,
    /** What was asked for is done, and the line is cut before the answer. */
    DROP_AFTER
  }

  /** Each request of {@link ArangoDouble#STATEMENTS} gets that error. */
  public static Fault answer(int code, int number) {
    return new Fault(Kind.ANSWER, ArangoDouble.STATEMENTS, code, number);
  }

  /** Each statement fares so. */
  public static Fault of(Kind kind) {
    return new Fault(kind, ArangoDouble.STATEMENTS, 0, 0);
  }

  ArangoError error() {
    return new ArangoError(code, number, "told to fail: " + kind.name().toLowerCase(Locale.ROOT));
  }
}
