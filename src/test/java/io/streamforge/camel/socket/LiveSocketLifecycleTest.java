package io.streamforge.camel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketLifecycleTest {

  private final LiveSocketServer server = new LiveSocketServer(Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_route_that_is_stopped_disconnects_its_clients_and_refuses_until_it_is_started()
      throws Exception {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");

    server.camel().getRouteController().stopRoute("watch");

    assertThat(server.clients()).as("those who have not gone when the route has stopped").isZero();
    await().until(() -> client.closeCode() == 1001);
    assertThat(server.refusal("")).isEqualTo(503);
    server.tell(2, "a", "two");

    server.camel().getRouteController().startRoute("watch");

    TestClient again = server.connect("?since=1");
    server.tell(3, "a", "three");
    again.awaitTexts("hello text", "two", "three");
  }

  @Test
  void a_route_that_is_suspended_disconnects_its_clients_and_refuses_until_it_is_resumed()
      throws Exception {
    TestClient client = server.connect("");

    server.camel().getRouteController().suspendRoute("watch");

    await().until(() -> client.closeCode() == 1001);
    assertThat(server.refusal("")).isEqualTo(503);

    server.camel().getRouteController().resumeRoute("watch");

    server.connect("").awaitTexts("hello text");
  }

  @Test
  void who_is_being_greeted_when_a_consumer_stops_is_told_before_it_has_stopped() throws Exception {
    CompletableFuture<TestClient> greeted = server.connecting("?id=slow");
    await().until(() -> server.clients() == 1);

    // Nothing but the consumer: the rest of a stop would wait for the greeting anyway.
    ServiceHelper.suspendService(server.camel().getRoute("watch").getConsumer());

    assertThat(server.clients()).as("those who have not gone when it has stopped").isZero();
    TestClient client = greeted.join();
    await().until(() -> client.closeCode() == 1001);
  }

  @Test
  void before_the_first_start_of_its_route_clients_are_told_to_come_back() throws Exception {
    try (LiveSocketServer later = new LiveSocketServer(Map.of("camel.main.autoStartup", "false"))) {
      assertThat(later.refusal("")).isEqualTo(404);
      later.tell(1, "a", "one");

      assertThat(later.refusal("")).isEqualTo(503);

      later.camel().getRouteController().startRoute("watch");
      later.connect("?since=0").awaitTexts("hello text", "one");
    }
  }

  @Test
  void a_second_route_from_the_same_path_is_refused() throws Exception {
    RouteBuilder second =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("live-socket:/ws/topic?formats=other").to("log:second");
          }
        };

    assertThatThrownBy(() -> server.camel().addRoutes(second))
        .hasMessage("Two routes are from live-socket:/ws/topic; leave one");
    server.connect("").awaitTexts("hello text");
  }
}
