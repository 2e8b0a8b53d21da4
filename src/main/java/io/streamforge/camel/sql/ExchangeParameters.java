package io.streamforge.camel.sql;

import java.sql.Types;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * The parameters that a {@link RecordSqlEndpoint} knows.
 *
 * @param row of the batch, null when there is none
 */
record ExchangeParameters(Exchange exchange, @Nullable Object row) implements SqlParameterSource {

  @Override
  public boolean hasValue(String path) {
    return true;
  }

  @Override
  public @Nullable Object getValue(String path) {
    Object value = read(path);
    if (value instanceof String text && text.length() > Columns.LONGEST_STRING) {
      return new SqlParameterValue(Types.CLOB, text);
    }
    return value;
  }

  /** The value at a path, as it is. */
  @Nullable Object read(String path) {
    List<String> names = List.of(path.split("\\.", -1));
    List<String> inside = names.subList(1, names.size());
    return switch (names.get(0)) {
      case "body" -> Records.value(exchange.getMessage().getBody(), inside);
      case "row" -> Records.value(row, inside);
      case "variable" ->
          Records.value(exchange.getVariable(inside.get(0)), inside.subList(1, inside.size()));
      default ->
          throw new IllegalArgumentException(
              "a parameter starts with body, row or variable: " + path);
    };
  }
}
