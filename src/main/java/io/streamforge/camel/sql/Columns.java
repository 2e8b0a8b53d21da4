package io.streamforge.camel.sql;

import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads columns; H2 gives no text over 2<sup>20</sup> characters as a string. */
final class Columns {
  static final int LONGEST_STRING = 1 << 20;

  private Columns() {}

  static @Nullable Object first(ResultSet row) throws SQLException {
    Object value = row.getObject(1);
    return value instanceof Clob clob ? text(clob, row, 1) : value;
  }

  static @Nullable String text(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof Clob clob ? text(clob, row, column) : row.getString(column);
  }

  private static String text(Clob clob, ResultSet row, int column) throws SQLException {
    return clob.length() > LONGEST_STRING
        ? clob.getSubString(1, Math.toIntExact(clob.length()))
        : row.getString(column);
  }
}
