package io.streamforge.camel.sql;

import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** The components of a record as the named parameters of a statement, {@code :next.claim.key}. */
record RecordParameters(Object row) implements SqlParameterSource {

  @Override
  public boolean hasValue(String path) {
    return true;
  }

  /** A list becomes an array: as a list it would be spread over an IN clause. */
  @Override
  public @Nullable Object getValue(String path) {
    Object value = Records.value(row, path);
    if (value instanceof String text && text.length() > Texts.LONGEST_STRING) {
      return new SqlParameterValue(Types.CLOB, text);
    }
    return value instanceof List<?> list ? list.toArray() : value;
  }
}
