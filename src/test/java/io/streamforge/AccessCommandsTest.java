package io.streamforge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.access.TestIssuer;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator asks on the command line about access. */
class AccessCommandsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  @TempDir private Path directory;

  private int newToken(String... arguments) {
    return TokenCommand.run(
        arguments, new PrintStream(printed, true, UTF_8), new PrintStream(complained, true, UTF_8));
  }

  @Test
  void a_new_token_is_printed_with_an_entry_that_the_settings_take() {
    assertThat(newToken("--new-token", "ci", "operate")).isZero();

    String entry =
        printed
            .toString(UTF_8)
            .lines()
            .filter(line -> line.contains("ci:operate:"))
            .findFirst()
            .orElseThrow();
    Settings settings =
        Settings.load(Path.of(""), Map.of("API_TOKENS", entry, "HTTP_HOST", "0.0.0.0"));
    assertThat(settings.text("access.mode")).isEqualTo("CONTROLLED");
    assertThat(complained.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_name_or_a_scope_that_cannot_be_is_told() {
    assertThat(newToken("--new-token", "ci", "root")).isEqualTo(2);
    assertThat(newToken("--new-token", "two words", "read")).isEqualTo(2);
    assertThat(newToken("--new-token")).isEqualTo(2);
    assertThat(printed.toString(UTF_8)).isEmpty();
    assertThat(complained.toString(UTF_8)).contains("root").contains("--new-token ci operate");
  }

  private boolean check(String issuer) throws Exception {
    Map<String, String> environment = new HashMap<>(RunningService.PATIENT);
    environment.put("DATA_DIR", directory.toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    environment.put("OIDC_ISSUER", issuer);
    environment.put("OIDC_AUDIENCE", "streamforge");
    Settings settings = Settings.load(Path.of(""), environment);
    return SelfCheck.run(settings, new PrintStream(printed, true, UTF_8));
  }

  @Test
  void the_self_check_asks_the_issuer_for_its_keys() throws Exception {
    try (TestIssuer issuer = TestIssuer.start()) {
      assertThat(check(issuer.url())).as("%s", printed).isTrue();
      assertThat(printed.toString(UTF_8)).contains("oidc: ok", "access: with a token");
    }
  }

  @Test
  void an_issuer_that_is_not_there_is_told() throws Exception {
    String url;
    try (TestIssuer issuer = TestIssuer.start()) {
      url = issuer.url();
    }
    assertThat(check(url)).isFalse();
    assertThat(printed.toString(UTF_8)).contains("oidc: FAILED: ", url);
  }
}
