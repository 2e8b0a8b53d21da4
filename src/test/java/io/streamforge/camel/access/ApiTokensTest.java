package io.streamforge.camel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokensTest {
  private static final String HASH = "ab".repeat(32);

  @TempDir Path directory;

  @Test
  void a_new_token_is_known_by_its_entry_and_by_nothing_else() {
    NewToken made = NewToken.of("ci", "operate");
    ApiTokens tokens = ApiTokens.parse(made.entry().entry());

    assertThat(tokens.find(made.secret())).contains(made.entry());
    assertThat(made.entry().entry()).startsWith("ci:operate:").doesNotContain(made.secret());
    assertThat(tokens.find(made.entry().hash())).as("its hash").isEmpty();
    assertThat(tokens.find(made.secret() + "x")).isEmpty();
    assertThat(tokens.find("")).isEmpty();
    assertThat(made.secret()).as("256 bits").hasSize(4 + 43);
    assertThat(NewToken.of("ci", "operate").secret()).isNotEqualTo(made.secret());
  }

  @Test
  void entries_are_separated_by_commas_or_lines_and_remarks_are_left_out() {
    String other = "cd".repeat(32);
    ApiTokens tokens =
        ApiTokens.parse(
            "# of the build\n ci:operate:"
                + HASH
                + " , \n\tanna@example.com:admin:"
                + other
                + "\n");

    assertThat(tokens.list()).extracting(ApiToken::name).containsExactly("ci", "anna@example.com");
    assertThat(tokens.list())
        .extracting(ApiToken::scope)
        .containsExactly(Scope.OPERATE, Scope.ADMIN);
    assertThat(ApiTokens.parse("").list()).isEmpty();
  }

  @Test
  void one_name_may_have_two_tokens_while_one_takes_over() {
    ApiTokens tokens = ApiTokens.parse("ci:read:" + HASH + ",ci:read:" + "cd".repeat(32));
    assertThat(tokens.list()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ci",
        "ci:operate",
        "ci:operate:HASH:more",
        "ci:root:HASH",
        "ci:anyone:HASH",
        "ci:operate:abc",
        ":read:HASH",
        "two words:read:HASH",
        "oidc:anna:read:HASH",
        "anonymous:read:HASH",
        "a:read:HASH,b:read:HASH"
      })
  void a_wrong_entry_is_refused_without_showing_a_hash(String entry) {
    assertThatThrownBy(() -> ApiTokens.parse(entry.replace("HASH", HASH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(HASH)
        .hasMessageMatching(".{10,}");
  }

  @Test
  void a_file_is_read_again_when_it_has_changed() throws IOException {
    NewToken first = NewToken.of("first", "read");
    NewToken second = NewToken.of("second", "read");
    NewToken fixed = NewToken.of("fixed", "read");
    Path file = Files.writeString(directory.resolve("tokens"), first.entry().entry());
    TokenBook book = new TokenBook(fixed.entry().entry(), file);
    assertThat(book.find(first.secret())).isPresent();

    Files.writeString(file, second.entry().entry());
    book.refresh();

    assertThat(book.find(second.secret())).isPresent();
    assertThat(book.find(first.secret())).as("taken out").isEmpty();
    assertThat(book.find(fixed.secret())).as("of the setting").isPresent();
  }

  @Test
  void a_file_that_has_gone_bad_changes_nothing_and_one_that_is_bad_from_the_start_is_told()
      throws IOException {
    NewToken token = NewToken.of("ci", "read");
    Path file = Files.writeString(directory.resolve("tokens"), token.entry().entry());
    TokenBook book = new TokenBook("", file);

    Files.writeString(file, "ci:read:oops");
    book.refresh();
    assertThat(book.find(token.secret())).isPresent();
    assertThatThrownBy(() -> new TokenBook("", file)).hasMessageContaining("ci");

    Files.delete(file);
    book.refresh();
    assertThat(book.find(token.secret())).isPresent();
    assertThatThrownBy(() -> new TokenBook("", file)).hasMessageContaining("cannot be read");
  }
}
