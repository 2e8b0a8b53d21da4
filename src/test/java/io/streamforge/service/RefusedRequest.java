package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.edge.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request that must be refused, as a line of requests/invalid tells it.
 *
 * <p>{@code method} (POST), {@code path} (/queues/start), {@code headers} (a list of pairs, else
 * the media type of JSON), and of the body either {@code json}, {@code body} (a text, or pairs of
 * text and how often) or {@code body_base64}; then what must come back: {@code status}, exactly
 * these {@code fields}, these methods in {@code Allow}.
 */
record RefusedRequest(JsonNode line) {

  /** All lines of a file. */
  static Stream<RefusedRequest> all(String file) {
    return OddBytes.lines(file).map(RefusedRequest::new);
  }

  String name() {
    return line.path("case").asText();
  }

  RawHttp.Reply send(int port) {
    String method = line.path("method").asText("POST");
    RawHttp request = RawHttp.request(port, method, line.path("path").asText("/queues/start"));
    byte[] body = OddBytes.of(line);
    if (line.has("headers")) {
      for (JsonNode header : line.path("headers")) {
        request = request.header(header.get(0).asText(), header.get(1).asText());
      }
      return request.untyped(body).send();
    }
    return line.has("json") || line.has("body") || line.has("body_base64")
        ? request.body("application/json", body).send()
        : request.send();
  }

  /** Whether the answer is the one that the line tells, and one that helps its reader. */
  void isAnsweredBy(RawHttp.Reply reply) {
    List<String> fields = new ArrayList<>();
    line.path("fields").forEach(field -> fields.add(field.asText()));
    isRefusal(reply, line.path("status").asInt());
    assertThat(reply.faultyFields()).as(reply.body()).containsExactlyInAnyOrderElementsOf(fields);
    for (JsonNode method : line.path("allow")) {
      assertThat(reply.header("Allow")).contains(method.asText());
    }
  }

  /** Whether the answer refuses in the envelope of all answers, in words for people. */
  static void isRefusal(RawHttp.Reply reply, int status) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    JsonNode answer = reply.json();
    assertThat(answer.path("status").asText()).isEqualTo("error");
    assertThat(answer.path("message").asText()).isNotBlank();
    assertThat(answer.path("data").isObject()).isTrue();
    assertThat(reply.body())
        .as("nothing of our insides")
        .doesNotContain("Exception", "java.", "jackson", "org.apache", "\\tat ");
    if (status == 422) {
      assertThat(answer.at("/data/errors"))
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault.path("field").isTextual()).isTrue())
          .allSatisfy(fault -> assertThat(fault.path("message").asText()).isNotBlank())
          .allSatisfy(
              fault -> assertThat(fault.path("message").asText()).doesNotContain("\\", "$"));
    } else {
      assertThat(answer.path("data")).isEmpty();
    }
  }
}
