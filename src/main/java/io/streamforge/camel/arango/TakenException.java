package io.streamforge.camel.arango;

import com.arangodb.ArangoDBException;

/** Another document has the value that must be unique. */
public final class TakenException extends RuntimeException {
  TakenException(ArangoDBException cause) {
    super(cause.getMessage(), cause);
  }
}
