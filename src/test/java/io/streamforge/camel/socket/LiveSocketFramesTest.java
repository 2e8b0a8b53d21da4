package io.streamforge.camel.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketFramesTest {

  private final LiveSocketServer server = new LiveSocketServer(Map.of("replay", "5"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_client_is_greeted_and_then_gets_the_frames_in_its_format() {
    TestClient text = server.connect("");
    TestClient json = server.connect("?format=json");

    server.tell(1, "a", "one");

    text.awaitTexts("hello text", "one");
    json.awaitTexts("hello json", "{\"text\":\"one\"}");
  }

  @Test
  void a_client_gets_the_frames_with_its_keys_only_and_those_for_everybody() {
    TestClient filtered = server.connect("?id=a&id=b");
    TestClient unfiltered = server.connect("");

    server.tell(1, "a", "one");
    server.tell(2, "c", "two");
    server.tell(3, "b", "three");
    server.send("beat");

    filtered.awaitTexts("hello text", "one", "three", "beat");
    unfiltered.awaitTexts("hello text", "one", "two", "three", "beat");
  }

  @Test
  void a_client_that_comes_back_gets_what_it_missed_and_no_gap() {
    server.tell(3, "a", "three");
    server.tell(5, "b", "five");
    server.tell(8, "a", "eight");
    server.send("beat");

    TestClient client = server.connect("?since=3");
    TestClient filtered = server.connect("?since=3&id=a");
    TestClient newest = server.connect("?since=8");
    TestClient without = server.connect("");
    server.tell(9, "a", "nine");

    client.awaitTexts("hello text", "five", "eight", "nine");
    filtered.awaitTexts("hello text", "eight", "nine");
    newest.awaitTexts("hello text", "nine");
    without.awaitTexts("hello text", "nine");
  }

  @Test
  void a_client_is_told_when_the_replay_does_not_reach_back_far_enough() {
    server.send(LongStream.rangeClosed(1, 8).mapToObj(LiveSocketServer::numbered).toList());

    TestClient tooLate = server.connect("?since=2");
    TestClient justInTime = server.connect("?since=3");
    TestClient beyond = server.connect("?since=9");

    tooLate.awaitTexts("hello text", "gap after 2, whole from 4", "4", "5", "6", "7", "8");
    justInTime.awaitTexts("hello text", "4", "5", "6", "7", "8");
    beyond.awaitTexts("hello text", "gap after 9, whole from 4");
  }

  @Test
  void a_client_is_told_a_gap_while_nothing_is_known() {
    TestClient client = server.connect("?since=0");

    client.awaitTexts("hello text", "gap after 0, whole from ");
  }

  @Test
  void a_frame_that_is_read_again_is_not_sent_again() {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");
    server.tell(2, "a", "two");

    server.tell(1, "a", "one");
    server.tell(2, "a", "two");
    server.tell(3, "a", "three");

    client.awaitTexts("hello text", "one", "two", "three");
  }

  @Test
  void a_source_that_begins_anew_is_followed() {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");
    server.tell(2, "a", "two");

    server.tell(1, "a", "another one");

    client.awaitTexts("hello text", "one", "two", "another one");
    server.connect("?since=2").awaitTexts("hello text", "gap after 2, whole from 1");
    server.connect("?since=0").awaitTexts("hello text", "another one");
  }

  @Test
  void a_body_that_is_no_frame_is_refused() {
    Exchange exchange =
        server
            .camel()
            .createFluentProducerTemplate()
            .withBody(7)
            .to("live-socket:/ws/topic")
            .send();

    assertThat(exchange.getException())
        .hasMessage("live-socket sends a Frame, a list of them or a String, not java.lang.Integer");
  }
}
