package io.streamforge.camel.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.h2.message.DbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

class AwayTranslatorTest {
  private final AwayTranslator translator = new AwayTranslator();

  /** Connection broken, closed, closing, an object of it closed, its file or line gone. */
  @ParameterizedTest
  @ValueSource(ints = {90067, 90098, 90121, 90007, 50000, 90028, 90031})
  void a_database_that_went_away_under_a_statement_is_out_of_reach(int code) {
    SQLException gone = DbException.get(code, "some").getSQLException();

    assertThat(translator.translate("task", "SELECT 1", gone))
        .isInstanceOf(DataAccessResourceFailureException.class)
        .hasCause(gone);
  }

  @Test
  void a_connection_that_the_pool_has_closed_is_out_of_reach() {
    assertThat(translator.translate("task", null, new SQLException("Connection is closed")))
        .isInstanceOf(DataAccessResourceFailureException.class);
  }

  /** A wrong statement, a duplicate key. */
  @ParameterizedTest
  @ValueSource(ints = {42000, 23505})
  void a_fault_of_a_statement_stays_one(int code) {
    SQLException wrong = DbException.get(code, "some").getSQLException();

    assertThat(translator.translate("task", "SELEKT 1", wrong))
        .isNotInstanceOf(DataAccessResourceFailureException.class);
  }
}
