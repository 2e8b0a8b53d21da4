package io.streamforge.camel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedH2Test {
  @TempDir Path folder;

  @Test
  void the_second_joins_the_first_and_takes_over_when_it_closes() throws Exception {
    SharedH2 first = database();
    try (SharedH2 second = database()) {
      count(first);
      String server = Files.readString(address());
      count(second);
      assertThat(Files.readString(address())).isEqualTo(server);

      first.close();

      assertThat(count(second)).isZero();
      assertThat(Files.readString(address())).isNotEqualTo(server);
    }
    assertThat(address()).doesNotExist();
  }

  @Test
  void one_that_is_closed_gives_no_connection_and_leaves_the_other_alone() throws Exception {
    SharedH2 closed = database();
    count(closed);
    closed.close();
    closed.close();

    assertThatThrownBy(closed::connect)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
    try (SharedH2 other = database()) {
      assertThat(count(other)).isZero();
    }
  }

  @Test
  void an_address_at_which_nobody_answers_is_passed_over() throws Exception {
    Files.writeString(address(), "127.0.0.1:1/key");

    try (SharedH2 database = database()) {
      assertThat(count(database)).isZero();
      assertThat(Files.readString(address())).doesNotContain(":1/key");
    }
  }

  @Test
  void what_the_address_file_says_is_for_its_owner_only() throws Exception {
    try (SharedH2 database = database()) {
      count(database);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(address())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_file_that_was_closed_under_its_holder_is_opened_again() throws Exception {
    try (SharedH2 database = database()) {
      try (Connection connection = database.connect()) {
        connection.createStatement().execute("SHUTDOWN IMMEDIATELY");
      }

      assertThat(count(database)).isZero();
    }
  }

  @Test
  void an_interrupted_thread_does_not_end_the_database_for_others() throws Exception {
    try (SharedH2 database = database()) {
      count(database);
      Thread thread =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try (Connection connection = database.connect()) {
                  connection.createStatement().execute("INSERT INTO queue_tally VALUES ('x', 1)");
                } catch (SQLException e) {
                  // It may fail, but alone.
                }
              });
      thread.start();
      thread.join();

      assertThat(count(database)).isBetween(0L, 1L);
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    try (SharedH2 database = database(file.resolve("data"))) {
      assertThatThrownBy(database::connect)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("cannot make the folder of " + file.resolve("data"));
    }
  }

  @Test
  void a_path_that_would_add_settings_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> database(folder.resolve("a;INIT=x")))
        .withMessageContaining("semicolon");
  }

  private Path address() {
    return folder.resolve("data.server");
  }

  private SharedH2 database() {
    return database(folder.resolve("data"));
  }

  private static SharedH2 database(Path file) {
    return new SharedH2(file, "h2/schema.sql", Duration.ofSeconds(2));
  }

  private static long count(SharedH2 database) throws SQLException {
    try (Connection connection = database.connect();
        var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM queue_tally")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
