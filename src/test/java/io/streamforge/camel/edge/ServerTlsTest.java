package io.streamforge.camel.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.kafka.TestAuthority;
import io.streamforge.camel.tls.TrustedAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
  @TempDir Path directory;

  @Test
  void with_a_certificate_the_port_speaks_tls_and_nothing_else() throws Exception {
    TestAuthority authority = new TestAuthority();
    Path trusted = authority.writeCertificate(directory.resolve("ca.pem"));
    Path own =
        authority.writeIdentity(directory.resolve("own.pem"), "127.0.0.1", TestAuthority.in(1));
    try (TestService service = TestService.start(new ServerTls(own, own))) {
      URI uri = URI.create("https://127.0.0.1:" + service.port() + "/queues");
      HttpClient client =
          HttpClient.newBuilder().sslContext(TrustedAuthority.context(trusted.toString())).build();
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      HttpRequest ownPage =
          HttpRequest.newBuilder(uri.resolve("/logout"))
              .header("Origin", "https://127.0.0.1:" + service.port())
              .POST(BodyPublishers.noBody())
              .build();
      assertThat(client.send(ownPage, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()))
          .as("somebody who does not trust the authority")
          .isInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(() -> service.get("/queues")).hasRootCauseInstanceOf(IOException.class);
    }
  }
}
