package io.streamforge;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.mattermost.CatchUps;
import io.streamforge.camel.mattermost.HeardPosts;
import io.streamforge.camel.mattermost.MattermostAccount;
import io.streamforge.camel.mattermost.MattermostComponent;
import io.streamforge.camel.mattermost.MattermostEvents;
import io.streamforge.camel.mattermost.MattermostHttp;
import io.streamforge.camel.mattermost.MattermostMeters;
import io.streamforge.camel.mattermost.MattermostRequests;
import io.streamforge.camel.mattermost.MattermostServer;
import io.streamforge.camel.mattermost.ServerClock;
import io.streamforge.summaries.ReadPosition;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Makes what the routes need of Mattermost, also when there is none. */
public final class MattermostWiring {
  private static final int POSTS_REMEMBERED = 20_000;

  private MattermostWiring() {}

  /** Binds it all to names that routes use. */
  public static void bind(CamelContext camel, Settings settings) {
    MattermostServer server =
        new MattermostServer(
            settings.text("mattermost.url"),
            settings.text("mattermost.token"),
            settings.text("mattermost.ca.path"),
            settings.duration("mattermost.connect.timeout"),
            settings.duration("mattermost.response.timeout"),
            settings.number("mattermost.connections"),
            settings.duration("mattermost.hello.timeout"),
            settings.duration("mattermost.silence"),
            settings.duration("mattermost.reconnect.delay"),
            settings.duration("mattermost.reconnect.longest.delay"));
    Clock own = Clock.systemUTC();
    ServerClock clock = new ServerClock(own);
    MattermostAccount account = new MattermostAccount(server, own);
    MattermostRequests requests = new MattermostRequests();
    HeardPosts heard = new HeardPosts(POSTS_REMEMBERED);
    Registry registry = camel.getRegistry();
    registry.bind("mattermostRequests", requests);
    registry.bind("mattermostAccount", account);
    registry.bind("mattermostClock", clock);
    registry.bind("mattermostEvents", new MattermostEvents());
    registry.bind("mattermostHttp", new MattermostHttp(server, clock));
    registry.bind("heardPosts", heard);
    registry.bind(
        "catchUps",
        new CatchUps(
            requests,
            account,
            clock,
            heard,
            settings.duration("catch.up.max.age"),
            settings.duration("catch.up.overlap"),
            ReadPosition::new));
    camel.addComponent("mattermost", new MattermostComponent(server, account));
    MeterRegistry meters = registry.findSingleByType(MeterRegistry.class);
    if (meters != null) {
      MattermostMeters.bind(meters, account);
    }
  }
}
