package io.streamforge.camel.sql;

import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the steps of a {@code policy} block in one transaction of a data source. If they fail, all
 * that they wrote is undone, and the exchange keeps its exception.
 */
public final class SqlTransaction implements Policy {
  private final TransactionTemplate transaction;

  public SqlTransaction(DataSource dataSource) {
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {
    // Nothing of the definition has to change.
  }

  @Override
  public Processor wrap(Route route, Processor steps) {
    return exchange -> {
      boolean outer = exchange.isTransacted();
      // A connection belongs to a thread: this keeps Camel from going on in another one.
      exchange.getExchangeExtension().setTransacted(true);
      try {
        transaction.executeWithoutResult(
            status -> {
              if (!succeeds(steps, exchange)) {
                status.setRollbackOnly();
              }
            });
      } catch (TransactionSystemException e) {
        // Only a connection that is gone takes neither a commit nor a rollback.
        throw new DataAccessResourceFailureException("the database went away", e);
      } finally {
        exchange.getExchangeExtension().setTransacted(outer);
      }
    };
  }

  private static boolean succeeds(Processor steps, Exchange exchange) {
    try {
      steps.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    return !exchange.isFailed() && !exchange.isRollbackOnly();
  }
}
