package io.streamforge.playground;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README promises to whoever has nothing installed. */
class PlaygroundTest {
  private static RunningService service;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    port = FreePorts.find();
    service = RunningService.start(Map.of("PLAYGROUND", "true", "PLAYGROUND_PORT", port + ""));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_thread_that_asks_for_its_summary_gets_it() throws Exception {
    HttpResponse<String> answer =
        send(
            """
            anna: Shall we move the release to Friday? The tests are still red.
            bob: Yes. I will tell the customers
            by Thursday.
            anna: Agreed, Friday it is.
            bob: !summary
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("#### 👥 Participants", "`anna` (2), `bob` (1)", "due: by Thursday")
        .contains("3 of 3 messages", "model `" + StandInModel.NAME + "`");
  }

  @Test
  void a_russian_thread_is_answered_in_russian() throws Exception {
    assertThat(send("anna: Переносим релиз?\nbob: Да, на пятницу.\nanna: саммари\n").body())
        .contains("#### 👥 Участники обсуждения", "2 из 2 сообщений");
  }

  @Test
  void what_is_no_thread_is_answered_with_how_to_write_one() throws Exception {
    HttpResponse<String> answer = send("{\"messages\": []}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("curl --data-binary @- http://127.0.0.1:" + port);
  }

  private static HttpResponse<String> send(String text) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/thread");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(text)).build(),
            BodyHandlers.ofString());
  }
}
