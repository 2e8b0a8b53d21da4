package io.streamforge.camel.console;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Camel's beans in JMX without those of processors, producers and consumers: they are thousands,
 * take half of what a start takes, and make figures of the routes, which count the same, a matter
 * of many seconds. Those of endpoints, a tenth of a start, are not there at the level of routes
 * either.
 */
public final class ShownBeans extends DefaultManagementObjectStrategy {
  @Override
  public @Nullable Object getManagedObjectForEndpoint(CamelContext context, Endpoint endpoint) {
    var level = context.getManagementStrategy().getManagementAgent().getMBeansLevel();
    return level == ManagementMBeansLevel.RoutesOnly
        ? null
        : super.getManagedObjectForEndpoint(context, endpoint);
  }

  @Override
  public @Nullable Object getManagedObjectForProcessor(
      CamelContext context, Processor processor, NamedNode definition, Route route) {
    return null;
  }

  @Override
  public @Nullable Object getManagedObjectForProducer(CamelContext context, Producer producer) {
    return null;
  }

  @Override
  public @Nullable Object getManagedObjectForConsumer(CamelContext context, Consumer consumer) {
    return null;
  }
}
