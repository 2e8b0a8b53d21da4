package io.streamforge.camel.arango;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How records are written to the server and read from it. */
final class ArangoJson {
  private ArangoJson() {}

  /** Instants become texts whose order is that of time; whole numbers are read as longs. */
  static void configure(ObjectMapper mapper) {
    mapper.registerModule(new JavaTimeModule());
    mapper.registerModule(
        new SimpleModule().addSerializer(Instant.class, new SortableInstantSerializer()));
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.enable(DeserializationFeature.USE_LONG_FOR_INTS);
  }

  /** RFC 3339 with nine digits after the point, always. */
  private static final class SortableInstantSerializer extends StdSerializer<Instant> {
    private static final int NANOSECOND_DIGITS = 9;
    private static final DateTimeFormatter FORMAT =
        new DateTimeFormatterBuilder().appendInstant(NANOSECOND_DIGITS).toFormatter();

    SortableInstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(FORMAT.format(value));
    }
  }
}
