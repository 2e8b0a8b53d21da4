package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  private final Masking masking = new Masking(List.of("hunter2", ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login with hunter2 failed | login with *** failed",
        "password=abc, user=bob | password=***, user=bob",
        "\"password\": \"a b c\" | \"password\": ***",
        "Authorization: Bearer abc.def | Authorization: Bearer ***",
        "cannot reach http://bob:abc@db:8529/x | cannot reach http://***@db:8529/x",
      })
  void a_secret_is_masked(String text, String masked) {
    assertThat(masking.mask(text)).isEqualTo(masked);
  }

  @Test
  void a_text_without_secrets_stays_as_it_is() {
    String text = "exit code 3: no such table\n\tat line 5 of http://db:8529/x";
    assertThat(masking.mask(text)).isEqualTo(text);
  }

  @Test
  void control_characters_are_escaped_so_that_no_terminal_obeys_them() {
    assertThat(masking.mask("a\u001b[31mb\0c")).isEqualTo("a\\u001b[31mb\\u0000c");
  }
}
