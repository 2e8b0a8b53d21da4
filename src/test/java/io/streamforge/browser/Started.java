package io.streamforge.browser;

import io.streamforge.service.RunningService;

/** Queues that are started to be looked at. */
final class Started {

  private Started() {}

  /** A queue like that of a file in requests/valid. */
  static String like(RunningService service, String name) {
    return service.startQueue(RunningService.request(name));
  }

  /** A queue of one loader that works until it is stopped. */
  static String endless(RunningService service, String symbol) {
    return service.startQueue(
        "{\"symbol\":\"%s\",\"type\":\"ws\",\"time_range\":\"2024-08-01:2024-08-01\"}"
            .formatted(symbol));
  }

  /** Lets the first worker of a queue say that it failed. */
  static void fail(RunningService service, String id, String error) {
    String digits = id.replace("-", "").substring(0, 12);
    service.write(
        "queue.events.topic",
        "{\"queue_id\":\"%s\",\"producer\":\"loader-producer__%s-1\",\"status\":\"error\",\"error_message\":\"%s\",\"timestamp\":%d}"
            .formatted(id, digits, error, System.currentTimeMillis() / 1000));
  }
}
