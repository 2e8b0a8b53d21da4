package io.streamforge.benchmark;

import io.streamforge.playground.FreePorts;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Bare platform-http routes over plain JDBC: what Camel's HTTP costs without anything of ours. */
final class BareHttp implements AutoCloseable {
  private final Main main = new Main();
  private final int port;

  BareHttp(BareStore store) throws Exception {
    port = FreePorts.find();
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", Integer.toString(port));
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("platform-http:/queues/{queue_id}?httpMethodRestrict=GET")
                    .process(
                        exchange -> {
                          String id = exchange.getMessage().getHeader("queue_id", String.class);
                          exchange
                              .getMessage()
                              .setBody(
                                  "{\"status\":\"success\",\"message\":\"Queue status\",\"data\":"
                                      + store.document(id)
                                      + "}");
                        });
                from("platform-http:/start?httpMethodRestrict=POST")
                    .process(
                        exchange ->
                            exchange
                                .getMessage()
                                .setBody("{\"queue_id\":\"" + store.start() + "\"}"));
              }
            });
    main.start();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    main.stop();
  }
}
