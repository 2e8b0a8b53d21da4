package io.streamforge.browser;

import io.streamforge.TestProcess;
import io.streamforge.service.RunningService;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a page, and the service that it shows; both are started for the first that asks and
 * closed after the last class of a package. A test in which the browser complained, or asked
 * another host, fails. Without a browser the tests are skipped, unless {@code CI=true}.
 */
public final class InBrowser implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  private static final Namespace HERE = Namespace.create(InBrowser.class);
  private static final TestProcess.Shared<Dashboard> DASHBOARD =
      new TestProcess.Shared<>(Dashboard::new);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    Optional<String> missing = Chromium.missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("there is a browser");
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(missing.get());
    }
    return ConditionEvaluationResult.disabled("skipped, " + missing.get());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(Page.class) || type.equals(RunningService.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Dashboard dashboard = DASHBOARD.of(test);
    if (parameter.getParameter().getType().equals(RunningService.class)) {
      return dashboard.service();
    }
    return test.getStore(HERE)
        .getOrComputeIfAbsent(Page.class, key -> dashboard.page(), Page.class);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Page page = test.getStore(HERE).get(Page.class, Page.class);
    if (page == null) {
      return;
    }
    if (test.getExecutionException().isEmpty()) {
      page.leaveClean();
    } else {
      Pictures.write(Path.of("target", "failures"), test.getDisplayName(), page.picture(false));
      System.out.println(page.leave());
    }
    DASHBOARD.of(test).service().stopQueues();
  }
}
