package io.streamforge.camel.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import com.fasterxml.jackson.core.JacksonException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the server means. Error numbers are those of ArangoDB's list of <a
 * href="https://docs.arangodb.com/stable/develop/error-codes-and-meanings/">error codes</a>.
 */
public final class ArangoFailures implements Processor {
  private static final int UNIQUE_CONSTRAINT_VIOLATED = 1210;

  /** Read only, for a while or for good. */
  private static final int READ_ONLY = 1004;

  /**
   * A lock not gained in time, a deadlock, shutting down, starting up, read only, a write conflict,
   * try again, busy, a lost cursor, a full queue, one in which it would take too long.
   */
  private static final Set<Integer> PASSING =
      Set.of(18, 29, 30, 38, READ_ONLY, 1200, 1302, 1303, 1600, 21003, 21004);

  /** The statement took longer than it was given. */
  private static final int KILLED = 1500;

  /** No such collection, no such database. */
  private static final Set<Integer> LOST = Set.of(1203, 1228);

  private final ArangoServer server;
  private final ArangoSchema schema;

  public ArangoFailures(ArangoServer server, ArangoSchema schema) {
    this.server = server;
    this.schema = schema;
  }

  /** Whether {@link #process} can do something about it. */
  public boolean canRepair(ArangoDBException failure) {
    boolean ended = code(failure) == 401 && server.isLoggedIn();
    return ended || LOST.contains(number(failure));
  }

  /**
   * Whether the same statement may succeed a little later. Where the server may have run it all the
   * same, the statements of callers bear being run again. A server that does not answer in time is
   * not asked again: its callers have waited long enough.
   */
  public boolean isPassing(ArangoDBException failure) {
    Throwable cause = failure.getCause();
    return code(failure) == 503
        || code(failure) == 429
        || PASSING.contains(number(failure))
        || (cause instanceof ArangoDBMultipleException all && isQuick(all))
        || (cause instanceof IOException && !(cause instanceof JacksonException))
        || (cause instanceof TimeoutException && cause.getCause() instanceof ArangoDBException);
  }

  /** No host could be reached, and none has kept the caller waiting until it gave up. */
  private static boolean isQuick(ArangoDBMultipleException all) {
    return all.getExceptions().stream().noneMatch(ConnectTimeoutException.class::isInstance);
  }

  /** Before a statement is run again: renews the login, or makes what the server has lost. */
  @Override
  public void process(Exchange exchange) throws Exception {
    if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof ArangoDBException failure) {
      if (code(failure) == 401) {
        server.login();
      } else if (LOST.contains(number(failure))) {
        schema.forget();
        schema.ensure();
      }
    }
  }

  /**
   * Throws what was caught as what it is to callers: {@link TakenException}, {@link
   * UnreachableException}, or itself when the statement is at fault. Their error handlers are to
   * see it as if none had been asked yet.
   */
  public void raise(Exchange exchange) throws Exception {
    exchange.getExchangeExtension().setErrorHandlerHandled(null);
    exchange.getExchangeExtension().setFailureHandled(false);
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    throw caught instanceof ArangoDBException failure ? meaning(failure) : caught;
  }

  private Exception meaning(ArangoDBException failure) {
    if (number(failure) == UNIQUE_CONSTRAINT_VIOLATED) {
      return new TakenException(failure);
    }
    int code = code(failure);
    boolean refused = code == 401 || code == 403 || code >= 500 || number(failure) == KILLED;
    boolean silent =
        failure.getCause() instanceof TimeoutException
            || failure.getCause() instanceof ArangoDBMultipleException
            || failure.getCause() == null;
    if (refused || (code == 0 && silent) || isPassing(failure) || LOST.contains(number(failure))) {
      return new UnreachableException(reason(failure), failure);
    }
    return failure;
  }

  private String reason(ArangoDBException failure) {
    boolean refused = code(failure) == 401 || code(failure) == 403;
    if (refused && number(failure) != READ_ONLY) {
      return "ArangoDB at "
          + server.address()
          + " refuses the user: see ARANGO_USER and ARANGO_PASSWORD, and what the user may do ("
          + failure.getMessage()
          + ")";
    }
    return "ArangoDB at " + server.address() + " is out of reach: " + detail(failure);
  }

  private @Nullable String detail(ArangoDBException failure) {
    if (failure.getCause() instanceof ArangoDBMultipleException all
        && !all.getExceptions().isEmpty()) {
      return all.getExceptions().get(0).getMessage();
    }
    boolean silent =
        failure.getCause() instanceof TimeoutException && failure.getResponseCode() == null;
    return silent
        ? "no answer within " + server.timeout().toMillis() + " ms"
        : failure.getMessage();
  }

  private static int code(ArangoDBException failure) {
    return failure.getResponseCode() == null ? 0 : failure.getResponseCode();
  }

  private static int number(ArangoDBException failure) {
    return failure.getErrorNum() == null ? 0 : failure.getErrorNum();
  }
}
