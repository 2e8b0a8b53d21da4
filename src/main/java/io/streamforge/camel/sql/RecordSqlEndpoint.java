package io.streamforge.camel.sql;

import static java.util.Objects.requireNonNull;

import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose parameters are read from records and whose rows become records. Beside what
 * camel-sql lacks for that, it tells for which rows of a batch nothing was changed, leaves no
 * headers behind, and does not try to make a map of every body, which takes far longer than a read
 * by primary key.
 *
 * <p>Parameters are {@code :body}, {@code :variable.name} and, in a batch, {@code :row}, each with
 * a path of components behind it, such as {@code :body.claim.key}; what hangs from a null is null.
 * A list is spread over an IN clause, but one that is a component of a record is an array.
 */
public class RecordSqlEndpoint extends DefaultEndpoint {

  /** What becomes of the body. */
  public enum Outcome {
    /** The list of all rows. */
    LIST,
    /** The first row, or null. */
    FIRST,
    /** The first column of each row, a text, with its second one, a number. */
    MAP,
    /** How many rows were changed. */
    COUNT,
    /** Of the list in the body, the keys of those for which the statement changed nothing. */
    MISSED
  }

  private final String statement;
  private @Nullable DataSource dataSource;
  private Outcome outcome = Outcome.LIST;
  private @Nullable Class<?> type;
  private String key = "row";

  RecordSqlEndpoint(String uri, RecordSqlComponent component, String statement) {
    super(uri, component);
    this.statement = statement;
  }

  @Override
  public Producer createProducer() {
    DataSource source =
        dataSource != null
            ? dataSource
            : requireNonNull(
                getCamelContext().getRegistry().findSingleByType(DataSource.class),
                "there is no DataSource, or more than one: name one in dataSource");
    return new RecordSqlProducer(this, source);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("record-sql runs statements, it receives nothing");
  }

  String statement() {
    return statement;
  }

  public @Nullable DataSource getDataSource() {
    return dataSource;
  }

  /** The only one in the registry unless named. */
  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Outcome getOutcome() {
    return outcome;
  }

  public void setOutcome(Outcome outcome) {
    this.outcome = outcome;
  }

  public @Nullable Class<?> getType() {
    return type;
  }

  /** The record that a row becomes; without one it becomes its first column. */
  public void setType(Class<?> type) {
    this.type = type;
  }

  public String getKey() {
    return key;
  }

  /** The path to what a row of a batch is told by, such as {@code row.id}. */
  public void setKey(String key) {
    this.key = key;
  }
}
