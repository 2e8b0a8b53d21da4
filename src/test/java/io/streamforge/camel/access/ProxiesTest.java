package io.streamforge.camel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() {
    VERTX.close();
  }

  /** What is made of a request from 127.0.0.1 with such headers. */
  private static String seen(List<String> trusted, String... headers) throws Exception {
    Proxies proxies = new Proxies(trusted);
    HttpServer server =
        VERTX
            .createHttpServer()
            .requestHandler(
                request ->
                    request.response().end(proxies.scheme(request) + " " + proxies.client(request)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).headers(headers);
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1            | 203.0.113.7                      | 203.0.113.7",
        "127.0.0.0/8          | 203.0.113.7                      | 203.0.113.7",
        "127.0.0.1,10.0.0.0/8 | 198.51.100.1, 203.0.113.7, 10.1.2.3 | 203.0.113.7",
        "127.0.0.1            | 203.0.113.7, 10.1.2.3            | 10.1.2.3",
        "127.0.0.1            | made up, 203.0.113.7             | 203.0.113.7",
        "127.0.0.1            | made up                          | 127.0.0.1",
        "127.0.0.1            | 2001:db8:1:2:3:4:5:6             | 2001:db8:1:2::/64",
        "127.0.0.1            | 203.0.113.7, fe80::1%eth0        | fe80::/64",
        "10.0.0.0/8           | 203.0.113.7                      | 127.0.0.1"
      })
  void only_a_named_proxy_is_believed(String trusted, String forwarded, String client)
      throws Exception {
    assertThat(seen(List.of(trusted.split(",")), "X-Forwarded-For", forwarded))
        .isEqualTo("http " + client);
  }

  @Test
  void the_scheme_too_is_believed_of_a_named_proxy_only() throws Exception {
    assertThat(seen(List.of("127.0.0.1"), "X-Forwarded-Proto", "https")).startsWith("https ");
    assertThat(seen(List.of(), "X-Forwarded-Proto", "https")).startsWith("http ");
    assertThat(seen(List.of("127.0.0.1"), "X-Forwarded-Proto", "gopher")).startsWith("http ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/x", "10.0.0.0/99", "1.2.3", ""})
  void what_is_no_network_is_refused(String network) {
    assertThatThrownBy(() -> new Proxies(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
