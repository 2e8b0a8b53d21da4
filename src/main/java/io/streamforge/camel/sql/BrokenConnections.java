package io.streamforge.camel.sql;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * Tells the pool which connections are of no use any more: H2's SQL states do not, its codes do.
 */
final class BrokenConnections implements SQLExceptionOverride {
  private static final Set<Integer> CODES =
      Set.of(
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2);

  /** Whether it is no fault of the statement; the pool itself gives no code. */
  static boolean isBehind(SQLException failure) {
    boolean ofPool = failure.getErrorCode() == 0 && failure.getSQLState() == null;
    return ofPool || CODES.contains(failure.getErrorCode());
  }

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException exception) {
    return CODES.contains(exception.getErrorCode())
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
