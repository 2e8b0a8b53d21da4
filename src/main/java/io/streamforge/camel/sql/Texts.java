package io.streamforge.camel.sql;

import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Texts of any length; H2 passes none over 2<sup>20</sup> characters as a string. */
final class Texts {
  static final int LONGEST_STRING = 1 << 20;

  private Texts() {}

  static @Nullable String read(ResultSet row, String column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof Clob clob && clob.length() > LONGEST_STRING
        ? clob.getSubString(1, Math.toIntExact(clob.length()))
        : row.getString(column);
  }
}
