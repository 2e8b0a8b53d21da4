package io.streamforge.camel.contract;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AfterPropertiesConfigured;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.RestRegistry;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Consumes the requests of one OpenAPI file: one exact route for each path, behind its gate. */
final class ContractConsumer extends DefaultConsumer
    implements PlatformHttpConsumerAware, Suspendable {

  /** Makes the consumer of one path, or of the never served one of the parent. */
  interface PathConsumers {
    DefaultPlatformHttpConsumer of(String path, Processor processor) throws Exception;
  }

  private final Map<String, Map<String, Operation>> contract;
  private final PathFinder finder;
  private final PathConsumers consumers;

  /** Never started; tells where the server is before the paths are known. */
  private final DefaultPlatformHttpConsumer anchor;

  private final List<String> paths = new ArrayList<>();
  private final List<Consumer> children = new ArrayList<>();
  private @Nullable Route gate;
  private @Nullable AfterPropertiesConfigured listener;
  private @Nullable OwnWorkers ownWorkers;

  ContractConsumer(
      DefaultPlatformHttpConsumer anchor,
      Processor processor,
      Map<String, Map<String, Operation>> contract,
      PathFinder finder,
      PathConsumers consumers) {
    super(anchor.getEndpoint(), processor);
    this.anchor = anchor;
    this.contract = contract;
    this.finder = finder;
    this.consumers = consumers;
  }

  @Override
  public PlatformHttpConsumer getPlatformHttpConsumer() {
    return anchor.getPlatformHttpConsumer();
  }

  @Override
  public void registerAfterConfigured(AfterPropertiesConfigured afterConfigured) {
    listener = afterConfigured;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    ServiceHelper.initService(anchor);
    if (listener != null) {
      listener.afterPropertiesConfigured(getEndpoint().getCamelContext());
    }
    // rest-openapi has just told the registry which paths its file has.
    getEndpoint().getCamelContext().getRestRegistry().listAllRestServices().stream()
        .filter(service -> service.getConsumer() == this)
        .map(RestRegistry.RestService::getBaseUrl)
        .distinct()
        .sorted(PathFinder.EXACT_FIRST)
        .forEach(paths::add);
    for (String path : paths) {
      var child = consumers.of(path, new PathProcessor(getProcessor(), operations(path)));
      child.setRegister(false);
      children.add(child);
    }
    ServiceHelper.initService(children);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    var camel = getEndpoint().getCamelContext();
    var router = camel.getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    if (router == null) {
      throw new IllegalStateException(
          "No HTTP server to serve the contract: set camel.server.enabled = true");
    }
    ownWorkers = new OwnWorkers(camel, router.vertx());
    var workers = ownWorkers;
    var gates = new HashMap<String, Gate>();
    for (String path : paths) {
      gates.put(path, new Gate(path, operations(path), workers::answer));
    }
    finder.serve(router);
    gate = router.route().handler(context -> enter(context, gates));
    ServiceHelper.startService(children);
  }

  @Override
  protected void doSuspend() throws Exception {
    children.forEach(ServiceHelper::suspendService);
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    children.forEach(ServiceHelper::resumeService);
    super.doResume();
  }

  @Override
  protected void doStop() throws Exception {
    if (gate != null) {
      gate.remove();
      gate = null;
    }
    ServiceHelper.stopService(children);
    if (ownWorkers != null) {
      ownWorkers.close();
      ownWorkers = null;
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    ServiceHelper.stopAndShutdownServices(children);
    super.doShutdown();
  }

  private Map<String, Operation> operations(String path) {
    var operations = contract.get(path);
    if (operations == null) {
      throw new IllegalStateException(path + " is served but in no file of the contract");
    }
    return operations;
  }

  private static void enter(RoutingContext context, Map<String, Gate> gates) {
    PathFinder.path(context)
        .map(gates::get)
        .ifPresentOrElse(gate -> gate.handle(context), context::next);
  }
}
