package io.streamforge.camel.sql;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code record-sql:SELECT …}: see {@link RecordSqlEndpoint}. */
public class RecordSqlComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    RecordSqlEndpoint endpoint = new RecordSqlEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
