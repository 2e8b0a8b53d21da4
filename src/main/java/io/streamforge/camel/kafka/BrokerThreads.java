package io.streamforge.camel.kafka;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one broker. Where Kafka would end the process, since the broker cannot go on, the
 * owner of the broker is told instead.
 */
final class BrokerThreads extends ThreadGroup implements FaultHandlerFactory {
  static {
    // Where no fault handler is asked, as when its directory has failed, Kafka halts the process by
    // these. It means them for its own tests, and has nothing else.
    Exit.setExitProcedure(BrokerThreads::end);
    Exit.setHaltProcedure(BrokerThreads::end);
  }

  private final Consumer<String> gaveUp;

  /**
   * @param gaveUp gets the reason, possibly more than once
   */
  BrokerThreads(Consumer<String> gaveUp) {
    super("embedded-broker");
    this.gaveUp = gaveUp;
  }

  /** Tells whose thread this is by its group, which a thread has from the one that made it. */
  private static void end(int status, @Nullable String message) {
    Thread thread = Thread.currentThread();
    for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
      if (group instanceof BrokerThreads broker) {
        String reason = message == null ? "the last error is of " + thread.getName() : message;
        broker.gaveUp.accept(reason);
        throw new IllegalStateException(reason);
      }
    }
    Runtime.getRuntime().halt(status);
  }

  /** What went wrong, and why: Kafka wraps what happened, such as a taken port, in what it did. */
  static String reason(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(": "));
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    FaultHandler log = new LoggingFaultHandler(name, action);
    if (!fatal) {
      return log;
    }
    return (message, cause) -> {
      RuntimeException fault = log.handleFault(message, cause);
      gaveUp.accept(name + ": " + message + (cause == null ? "" : ": " + reason(cause)));
      return fault;
    };
  }
}
