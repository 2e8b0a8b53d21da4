package io.streamforge.camel.sql;

import static java.util.stream.Collectors.toMap;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and makes records by the names of their components. */
final class Records {
  private static final ClassValue<Map<String, Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record");
          }
          return Arrays.stream(type.getRecordComponents())
              .collect(toMap(RecordComponent::getName, RecordComponent::getAccessor));
        }
      };

  private Records() {}

  /**
   * The value at a path of component names; null as soon as one of them is null. Of a list it is
   * the list of what its elements have there. A list that is itself a component becomes an array.
   *
   * @throws IllegalArgumentException when there is no such component
   */
  static @Nullable Object value(@Nullable Object row, List<String> path) {
    if (row == null || path.isEmpty()) {
      return row;
    }
    if (row instanceof List<?> rows) {
      return rows.stream().map(each -> value(each, path)).toList();
    }
    Object value = component(row, path.get(0));
    List<String> rest = path.subList(1, path.size());
    return value instanceof List<?> list && rest.isEmpty() ? list.toArray() : value(value, rest);
  }

  private static @Nullable Object component(Object row, String name) {
    Method accessor = ACCESSORS.get(row.getClass()).get(name);
    if (accessor == null) {
      throw new IllegalArgumentException(row.getClass().getName() + " has no component " + name);
    }
    try {
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + accessor, e);
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
