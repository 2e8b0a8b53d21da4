package io.streamforge.camel.console;

import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.RequestType;

/**
 * What may be seen and done over Jolokia: Camel, the JVM and the levels of the log, without what
 * holds messages, and without what may hold secrets. Nothing can be written; whoever may change
 * things starts and stops routes, and sets levels.
 */
final class ConsolePolicy extends AbstractConstantRestrictor {
  private static final String CAMEL = "org.apache.camel";
  private static final Set<RequestType> TYPES =
      Set.of(
          RequestType.READ,
          RequestType.LIST,
          RequestType.SEARCH,
          RequestType.EXEC,
          RequestType.VERSION);

  /**
   * Not the tracer, the debugger and the like: they show messages, and send and change some. Nor
   * processors, consumers and producers, which are thousands: the pages ask for a list of all beans
   * with all that they have, and some hundred megabytes for it would take the service down. What
   * they count is in the figures of their routes.
   */
  private static final Set<String> CAMEL_TYPES =
      Set.of("context", "routes", "components", "endpoints", "services", "threadpools", "health");

  /** They only tell. */
  private static final Set<String> LOOKING =
      Set.of("dumpRouteAsXml", "dumpRoutesAsXml", "dumpRouteStatsAsXml", "dumpRoutesStatsAsXml");

  private static final Set<String> LOOKING_AT_SERVICES =
      Set.of(
          "browse",
          "size",
          "endpointStatistics",
          "listRestServices",
          "listTypeConverters",
          "listTransformers",
          "listValidators");

  private static final Set<String> LOOKING_AT_THREADS =
      Set.of(
          "dumpAllThreads",
          "getThreadInfo",
          "findDeadlockedThreads",
          "findMonitorDeadlockedThreads");

  private static final Set<String> CHANGING_ROUTES =
      Set.of("start", "stop", "suspend", "resume", "restart");

  private static final Set<String> CHANGING_LEVELS = Set.of("setLevel", "reset");

  /** Where passwords are given to a JVM. */
  private static final Set<String> UNSEEN_OF_JVM =
      Set.of("SystemProperties", "InputArguments", "BootClassPath");

  private final boolean mayChange;

  /**
   * @param mayChange whether routes may be started and stopped, and levels set
   */
  ConsolePolicy(boolean mayChange) {
    super(true);
    this.mayChange = mayChange;
  }

  @Override
  public boolean isTypeAllowed(RequestType type) {
    return TYPES.contains(type);
  }

  @Override
  public boolean isObjectNameHidden(ObjectName name) {
    return switch (name.getDomain()) {
      case CAMEL -> !CAMEL_TYPES.contains(type(name));
      case "java.lang" -> false;
      case "java.nio" -> !type(name).equals("BufferPool");
      case "io.streamforge" -> !type(name).equals("LogLevels");
      default -> true;
    };
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
    return !isObjectNameHidden(name)
        && !(name.getDomain().equals("java.lang") && UNSEEN_OF_JVM.contains(attribute));
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
    return false;
  }

  @Override
  public boolean isOperationAllowed(ObjectName name, String operation) {
    if (isObjectNameHidden(name)) {
      return false;
    }
    String verb = verb(operation);
    return isLooking(name, verb) || (mayChange && isChanging(name, verb));
  }

  private static boolean isLooking(ObjectName name, String verb) {
    return switch (name.getDomain()) {
      case CAMEL ->
          switch (type(name)) {
            case "context", "routes" -> LOOKING.contains(verb);
            case "services" -> LOOKING_AT_SERVICES.contains(verb);
            default -> false;
          };
      case "java.lang" -> type(name).equals("Threading") && LOOKING_AT_THREADS.contains(verb);
      default -> false;
    };
  }

  /** Whether an operation is one of those that need the right to change things. */
  static boolean isChanging(ObjectName name, String operation) {
    String verb = verb(operation);
    return switch (name.getDomain()) {
      case CAMEL -> type(name).equals("routes") && CHANGING_ROUTES.contains(verb);
      case "io.streamforge" -> CHANGING_LEVELS.contains(verb);
      default -> false;
    };
  }

  /** Overloaded operations come with the types of their arguments. */
  private static String verb(String operation) {
    int types = operation.indexOf('(');
    return types < 0 ? operation : operation.substring(0, types);
  }

  private static String type(ObjectName name) {
    String type = name.getKeyProperty("type");
    return type == null ? "" : type;
  }
}
