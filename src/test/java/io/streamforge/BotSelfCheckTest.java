package io.streamforge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.playground.StandInModel;
import io.streamforge.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotSelfCheckTest {
  private static MattermostDouble mattermost;
  private static LlmDouble model;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    mattermost = new MattermostDouble(MattermostVersion.V6_7);
    model = new LlmDouble(new StandInModel()).model("test-model");
  }

  @AfterAll
  static void stop() {
    mattermost.close();
    model.close();
  }

  private boolean check(String token, String modelName) throws Exception {
    Map<String, String> environment = new HashMap<>(RunningService.PATIENT);
    environment.put("DATA_DIR", directory.toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    environment.put("MATTERMOST_URL", mattermost.url());
    environment.put("MATTERMOST_TOKEN", token);
    environment.put("LLM_BASE_URL", model.url());
    environment.put("LLM_MODEL", modelName);
    Settings settings = Settings.load(Path.of(""), environment);
    return SelfCheck.run(settings, new PrintStream(printed, true, UTF_8));
  }

  @Test
  void all_is_well_with_a_good_token_and_a_model_that_is_there() throws Exception {
    String token = mattermost.bot("summary-bot").token();
    assertThat(check(token, "test-model")).as("%s", printed).isTrue();
    assertThat(printed.toString(UTF_8)).contains("mattermost: ok", "llm: ok").doesNotContain(token);
  }

  @Test
  void a_wrong_token_and_a_model_that_is_not_there_are_told() throws Exception {
    assertThat(check("wrong-token", "other-model")).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("mattermost: FAILED: ", "does not accept MATTERMOST_TOKEN")
        .contains("llm: FAILED: ", "other-model")
        .doesNotContain("wrong-token");
  }
}
