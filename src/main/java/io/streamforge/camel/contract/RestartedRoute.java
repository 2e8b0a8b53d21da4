package io.streamforge.camel.contract;

import java.util.ArrayDeque;
import org.apache.camel.Processor;
import org.apache.camel.component.rest.openapi.RestOpenApiEndpoint;
import org.apache.camel.spi.CamelInternalProcessorAdvice;
import org.apache.camel.spi.InternalProcessor;

/**
 * Each start of a rest-openapi route gives it one more advice that calls the operation's route, and
 * none is ever taken away: once restarted, every request would be obeyed twice.
 */
final class RestartedRoute {
  private static final String ADVICE =
      RestOpenApiEndpoint.class.getName() + "$RestOpenApiProcessorAdvice";

  private RestartedRoute() {}

  /** Keeps only the newest. */
  static void dropStaleAdvice(Processor processor) throws ClassNotFoundException {
    if (!(processor instanceof InternalProcessor internal)) {
      return;
    }
    var type = Class.forName(ADVICE);
    var advices = new ArrayDeque<CamelInternalProcessorAdvice<?>>();
    while (internal.getAdvice(type) instanceof CamelInternalProcessorAdvice<?> advice) {
      internal.removeAdvice(advice);
      advices.add(advice);
    }
    if (!advices.isEmpty()) {
      internal.addAdvice(advices.getLast());
    }
  }
}
