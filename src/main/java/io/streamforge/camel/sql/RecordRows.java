package io.streamforge.camel.sql;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Makes a record of each row: the component {@code leaseUntil} is the column {@code lease_until},
 * and the record in the component {@code claim} has the columns {@code claim_…}, or is null when
 * all of them are. Times in an array are instants too.
 */
final class RecordRows {
  private RecordRows() {}

  static <T> RowMapper<T> of(Class<T> type) {
    RecordReader<T> reader = RecordReader.of(type, "");
    return (row, number) -> reader.read(row);
  }

  /** Reads one value of a row. */
  private interface Reader {
    @Nullable Object read(ResultSet row) throws SQLException;
  }

  private record RecordReader<T>(Constructor<T> constructor, List<Reader> readers)
      implements Reader {

    static <T> RecordReader<T> of(Class<T> type, String prefix) {
      List<Reader> readers = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        readers.add(reader(component.getType(), prefix + column(component.getName())));
      }
      return new RecordReader<>(Records.constructor(type), readers);
    }

    @Override
    public @Nullable T read(ResultSet row) throws SQLException {
      @Nullable Object[] values = new Object[readers.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = readers.get(i).read(row);
      }
      boolean absent = Arrays.stream(values).allMatch(Objects::isNull);
      return absent ? null : Records.make(constructor, values);
    }
  }

  private static Reader reader(Class<?> type, String column) {
    if (type.isRecord()) {
      return RecordReader.of(type, column + "_");
    }
    if (type == long.class) {
      return row -> row.getLong(column);
    }
    if (type == int.class) {
      return row -> row.getInt(column);
    }
    if (type == boolean.class) {
      return row -> row.getBoolean(column);
    }
    if (type == Instant.class) {
      return row -> row.getObject(column, Instant.class);
    }
    if (type == List.class) {
      return row ->
          Arrays.stream((Object[]) row.getArray(column).getArray())
              .map(each -> each instanceof OffsetDateTime time ? time.toInstant() : each)
              .toList();
    }
    if (type == String.class) {
      return row -> Columns.text(row, row.findColumn(column));
    }
    throw new IllegalArgumentException("no way to read " + column + " as " + type.getName());
  }

  private static String column(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
