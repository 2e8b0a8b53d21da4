package io.streamforge.arango;

/** What the server answers when it refuses: an HTTP status and ArangoDB's own error number. */
public final class ArangoError extends RuntimeException {
  private final int code;
  private final int number;

  public ArangoError(int code, int number, String message) {
    super(message);
    this.code = code;
    this.number = number;
  }

  public int code() {
    return code;
  }

  public int number() {
    return number;
  }

  public static ArangoError parse(String message) {
    return new ArangoError(400, 1501, "AQL: syntax error, " + message);
  }

  public static ArangoError collectionNotFound(String name) {
    return new ArangoError(404, 1203, "AQL: collection or view not found: " + name);
  }

  public static ArangoError conflict(String key) {
    return new ArangoError(409, 1200, "conflict, _rev values do not match [node #0: key " + key);
  }
}
