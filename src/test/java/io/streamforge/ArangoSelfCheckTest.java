package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.arango.ArangoDouble;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator is told by {@code --check} when the store is ArangoDB. */
class ArangoSelfCheckTest {
  private final ArangoDouble server = new ArangoDouble();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    server.close();
  }

  private boolean check() throws Exception {
    Map<String, String> environment = new HashMap<>(RunningService.PATIENT);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    environment.put("ARANGO_URL", server.url());
    environment.put("ARANGO_USER", ArangoDouble.USER);
    environment.put("ARANGO_PASSWORD", ArangoDouble.PASSWORD);
    Settings settings = Settings.load(Path.of(""), environment);
    return SelfCheck.run(settings, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @Test
  void a_server_that_lets_us_in_is_ok() throws Exception {
    assertThat(check()).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("store: arangodb (ARANGO_URL is set)", "store: ok", "ARANGO_PASSWORD=***")
        .doesNotContain(ArangoDouble.PASSWORD);
  }

  @Test
  void a_server_that_is_away_is_named() throws Exception {
    server.stop();

    assertThat(check()).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("store: FAILED", "ArangoDB at 127.0.0.1:", "Connection refused")
        .doesNotContain(ArangoDouble.PASSWORD);
  }
}
