package io.streamforge.camel.mattermost;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether we are connected, for the metrics. */
public final class MattermostMeters {
  private MattermostMeters() {}

  /** Adds {@code websocket_reconnects_total}, {@code mattermost_connected} and the like. */
  public static void bind(MeterRegistry meters, MattermostAccount account) {
    FunctionCounter.builder("websocket.reconnects", account, MattermostAccount::reconnects)
        .description("How often the WebSocket of Mattermost was opened again")
        .register(meters);
    Gauge.builder("websocket.connected", account, each -> each.listening() ? 1 : 0)
        .description("Whether the WebSocket of Mattermost is open")
        .register(meters);
    Gauge.builder("mattermost.connected", account, each -> each.connected() ? 1 : 0)
        .description("Whether Mattermost accepts our token")
        .register(meters);
  }
}
