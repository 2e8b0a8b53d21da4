package io.streamforge.camel.kubernetes;

import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** The policy of a route that needs a watch: it is open as long as the route is started. */
public final class WatchWhileStarted extends RoutePolicySupport {
  private final JobWatch watch;

  /** Opens and closes that watch. */
  public WatchWhileStarted(JobWatch watch) {
    this.watch = watch;
  }

  @Override
  public void onStart(Route route) {
    watch.start();
  }

  @Override
  public void onStop(Route route) {
    watch.close();
  }
}
