package io.streamforge.camel.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Tells Camel at once that texts, numbers, records and the usual lists are no maps.
 *
 * <p>camel-sql asks it for each parameter whether the body is one. Camel does not remember that it
 * has no answer, and goes through all of its converters each time, which took most of the time of a
 * statement. It finds an answer for the very class of a body sooner than one for its interface.
 */
public final class NoMaps {
  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Record.class,
          ArrayList.class,
          List.of(1).getClass(),
          List.of(1, 2, 3).getClass());

  private NoMaps() {}

  /** Adds the answer to a context's converters. */
  public static void addTo(TypeConverterRegistry converters) {
    SimpleTypeConverter none = new SimpleTypeConverter(true, (type, exchange, value) -> null);
    TYPES.forEach(type -> converters.addTypeConverter(Map.class, type, none));
  }
}
