package io.streamforge.camel.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Runs the statement of a {@link RecordSqlEndpoint}. */
final class RecordSqlProducer extends DefaultProducer {
  private final RecordSqlEndpoint endpoint;
  private final NamedParameterJdbcTemplate template;
  private final RowMapper<?> rows;

  RecordSqlProducer(RecordSqlEndpoint endpoint, DataSource dataSource) {
    super(endpoint);
    this.endpoint = endpoint;
    this.template = new NamedParameterJdbcTemplate(dataSource);
    template.getJdbcTemplate().setExceptionTranslator(new AwayTranslator());
    Class<?> type = endpoint.getType();
    this.rows = type == null ? (row, number) -> Columns.first(row) : RecordRows.of(type);
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    ExchangeParameters parameters = new ExchangeParameters(exchange, null);
    exchange
        .getMessage()
        .setBody(
            switch (endpoint.getOutcome()) {
              case LIST -> template.query(endpoint.statement(), parameters, rows);
              case FIRST -> first(template.query(endpoint.statement(), parameters, rows));
              case MAP -> map(parameters);
              case COUNT -> template.update(endpoint.statement(), parameters);
              case MISSED -> missed(exchange);
            });
  }

  private static @Nullable Object first(List<?> found) {
    return found.isEmpty() ? null : found.get(0);
  }

  private Map<String, Long> map(SqlParameterSource parameters) {
    Map<String, Long> map = new LinkedHashMap<>();
    template.query(
        endpoint.statement(),
        parameters,
        row -> {
          map.put(row.getString(1), row.getLong(2));
        });
    return map;
  }

  /**
   * In the order of the keys, so that two batches that meet in some rows never wait for each other
   * in a circle; rows of one key stay in the order they came in.
   */
  private List<String> missed(Exchange exchange) throws InvalidPayloadException {
    List<ExchangeParameters> batch = new ArrayList<>();
    for (Object row : exchange.getMessage().getMandatoryBody(List.class)) {
      batch.add(new ExchangeParameters(exchange, row));
    }
    batch.sort(Comparator.comparing(this::key));
    int[] counts =
        template.batchUpdate(endpoint.statement(), batch.toArray(SqlParameterSource[]::new));
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        missed.add(key(batch.get(i)));
      }
    }
    return missed;
  }

  private String key(ExchangeParameters row) {
    return requireNonNull(row.read(endpoint.getKey()), "a row without key").toString();
  }
}
