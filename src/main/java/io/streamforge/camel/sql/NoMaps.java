package io.streamforge.camel.sql;

import java.util.List;
import java.util.Map;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Tells Camel at once that texts, numbers, records and lists are no maps.
 *
 * <p>camel-sql asks it for each parameter whether the body is one. Camel does not remember that it
 * has no answer, and goes through all of its converters each time: some 200 microseconds, several
 * times a statement.
 */
public final class NoMaps {
  private static final List<Class<?>> TYPES =
      List.of(String.class, Number.class, Boolean.class, Record.class, List.class);

  /** By this Camel is told that a value cannot be converted; a null makes it go on searching. */
  private static final Object NO_ANSWER = Void.class;

  private NoMaps() {}

  /** Adds the answer to a context's converters. */
  public static void addTo(TypeConverterRegistry converters) {
    SimpleTypeConverter none = new SimpleTypeConverter(true, (type, exchange, value) -> NO_ANSWER);
    TYPES.forEach(type -> converters.addTypeConverter(Map.class, type, none));
  }
}
