package io.streamforge.camel.console;

import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanException;
import javax.management.ReflectionException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.request.JolokiaExecRequest;
import org.jolokia.server.core.request.JolokiaReadRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.request.NotChangedException;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Jolokia's own handler of requests, with what its restrictor is not asked about. */
final class ConsoleRequests extends LocalRequestHandler {
  /** The key under which a thread knows whom it works for. */
  static final String CALLER = "caller";

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleRequests.class);

  private final ConsolePolicy policy;

  ConsoleRequests(ConsolePolicy policy) {
    super(1);
    this.policy = policy;
  }

  @Override
  public <R extends JolokiaRequest> Object handleRequest(R request, Object before)
      throws InstanceNotFoundException,
          AttributeNotFoundException,
          ReflectionException,
          MBeanException,
          NotChangedException,
          EmptyResponseException {
    if (!policy.isTypeAllowed(request.getType())) {
      throw new SecurityException("Requests of the type " + request.getType() + " are refused");
    }
    if (request.getOption("target") != null) {
      throw new SecurityException("This agent asks no other one: leave the target out");
    }
    // With ignoreErrors the answer would name beans that are hidden.
    if (request instanceof JolokiaReadRequest read && read.getObjectName().isPattern()) {
      throw new SecurityException("Read one bean at a time: patterns are for searches");
    }
    if (request instanceof JolokiaExecRequest exec
        && ConsolePolicy.isChanging(exec.getObjectName(), exec.getOperation())) {
      LOG.info(
          "{} asks the console for {} of {}",
          MDC.get(CALLER),
          exec.getOperation(),
          exec.getObjectName());
    }
    return super.handleRequest(request, before);
  }
}
