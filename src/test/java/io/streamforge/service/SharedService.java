package io.streamforge.service;

import io.streamforge.TestProcess;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running service, started for the first that asks and closed after the last class
 * of a package. Tests that share it look at queues of their own only.
 */
public final class SharedService implements ParameterResolver, AfterAllCallback {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "WS_HEARTBEAT_PERIOD", "500ms",
          "QUEUE_COUNT_PERIOD", "300ms",
          "WS_REPLAY", "300",
          // No test here looks at how long a peer that hangs is waited for.
          "DEPENDENCY_PATIENCE", "30s",
          "KAFKA_PROBE_TIMEOUT", "20s",
          "KAFKA_ADMIN_TIMEOUT", "20s");
  private static final TestProcess.Shared<RunningService> SERVICE =
      new TestProcess.Shared<>(() -> RunningService.start(SETTINGS));

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(RunningService.class);
  }

  @Override
  public RunningService resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return SERVICE.of(test);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    SERVICE.of(test).stopQueues();
  }
}
