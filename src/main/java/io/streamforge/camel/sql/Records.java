package io.streamforge.camel.sql;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and makes records by the names of their components. */
final class Records {
  private Records() {}

  /**
   * The value at a path of component names such as {@code next.claim.key}; null as soon as one of
   * them is null.
   *
   * @throws IllegalArgumentException when there is no such component
   */
  static @Nullable Object value(Object row, String path) {
    Object value = row;
    for (String name : path.split("\\.", -1)) {
      if (value == null) {
        return null;
      }
      value = component(value, name);
    }
    return value;
  }

  private static @Nullable Object component(Object row, String name) {
    RecordComponent[] components = row.getClass().getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(
          row.getClass().getName() + " is no record, it has no " + name);
    }
    for (RecordComponent component : components) {
      if (component.getName().equals(name)) {
        return invoke(component, row);
      }
    }
    throw new IllegalArgumentException(row.getClass().getName() + " has no component " + name);
  }

  private static @Nullable Object invoke(RecordComponent component, Object row) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component, e);
    }
  }

  static <T> Constructor<T> constructor(Class<T> type) {
    try {
      return type.getConstructor(
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getName() + " is no public record", e);
    }
  }

  static <T> T make(Constructor<T> constructor, @Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no " + constructor.getDeclaringClass().getName() + " of " + Arrays.toString(values), e);
    }
  }
}
