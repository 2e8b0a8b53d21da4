package io.streamforge.summaries;

import io.streamforge.TestProcess;
import io.streamforge.playground.MattermostVersion;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running bot, started for the first that asks and closed after the last class of a
 * package. Tests that share it look at channels of their own only, and leave its peers in order.
 */
public final class SharedBot implements ParameterResolver {
  private static final TestProcess.Shared<BotService> BOT =
      new TestProcess.Shared<>(() -> BotService.start(MattermostVersion.V6_7, Map.of()));

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(BotService.class);
  }

  @Override
  public BotService resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return BOT.of(test);
  }
}
