package io.streamforge.camel.leadership;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of routes that run in the leading process only: {@code routePolicy: leaderOnly}. They
 * are started when it begins to lead and stopped when it ceases to. A route that is not to start by
 * itself is left alone. What one of them takes up while the lead may be another's already, since
 * this process was frozen, goes no step further.
 */
public final class LeaderOnly extends RoutePolicySupport implements Leadership.Duty {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderOnly.class);
  private static final long STOP_SECONDS = 2;

  private final Leadership leadership;
  private final List<Route> routes = new CopyOnWriteArrayList<>();

  /** The routes of the leader that this leadership tells of. */
  public LeaderOnly(Leadership leadership) {
    this.leadership = leadership;
    leadership.add(this);
  }

  @Override
  public void onInit(Route route) {
    if (route.isAutoStartup()) {
      route.setAutoStartup(false);
      routes.add(route);
    }
  }

  @Override
  public void onRemove(Route route) {
    routes.remove(route);
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    if (!leadership.holds()) {
      LOG.debug("{} is left to whoever leads", route.getId());
      exchange.setRouteStop(true);
    }
  }

  @Override
  public boolean perform(boolean leading) {
    boolean done = true;
    for (Route route : routes) {
      try {
        set(route, leading);
      } catch (Exception e) {
        done = false;
        String deed = leading ? "started" : "stopped";
        LOG.warn("{} cannot be {} now and is tried again", route.getId(), deed, e);
      }
    }
    return done;
  }

  private static void set(Route route, boolean leading) throws Exception {
    RouteController control = route.getCamelContext().getRouteController();
    boolean started = control.getRouteStatus(route.getId()).isStarted();
    if (leading && !started) {
      control.startRoute(route.getId());
    } else if (!leading && started) {
      control.stopRoute(route.getId(), STOP_SECONDS, TimeUnit.SECONDS);
    }
  }
}
