package io.streamforge.workers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** By which a connector knows a record of the synthetic loaders again. */
record RecordNumber(String source, long number) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The number that a record carries; empty for records of others. */
  static Optional<RecordNumber> read(byte[] record) {
    try (JsonParser parser = JSON.createParser(record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      return read(parser);
    } catch (IOException ofOthers) {
      return Optional.empty();
    }
  }

  private static Optional<RecordNumber> read(JsonParser parser) throws IOException {
    boolean synthetic = false;
    String source = null;
    long number = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("synthetic")) {
        synthetic = value == JsonToken.VALUE_TRUE;
      } else if (name.equals("source") && value == JsonToken.VALUE_STRING) {
        source = parser.getText();
      } else if (name.equals("number") && value == JsonToken.VALUE_NUMBER_INT) {
        number = parser.getLongValue();
      }
      parser.skipChildren();
    }
    return synthetic && source != null && number >= 0
        ? Optional.of(new RecordNumber(source, number))
        : Optional.empty();
  }
}
