package io.streamforge.camel.llm;

import io.streamforge.camel.tls.TrustedAuthority;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpRequest;

/**
 * What camel-http is to do and not to do on its way to a server of models.
 *
 * <p>Tokens are put on the request itself, so that no message ever has them. Nothing is repeated
 * here, since whoever asks decides that. Each question has a connection of its own: one that is
 * used again may have died unnoticed, and a handshake is nothing beside an answer.
 */
final class SealedClient implements HttpClientConfigurer {
  private final LlmSettings settings;

  SealedClient(LlmSettings settings) {
    this.settings = settings;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .setConnectionReuseStrategy((request, response, context) -> false)
        .addRequestInterceptorLast((request, entity, context) -> sign(request));
    // Camel's own way to set trust makes https of http.
    client.setConnectionManager(
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(settings.connections())
            .setMaxConnPerRoute(settings.connections())
            .setTlsSocketStrategy(
                new DefaultClientTlsStrategy(TrustedAuthority.context(settings.authority())))
            .build());
  }

  private void sign(HttpRequest request) {
    if (!settings.key().isEmpty()) {
      request.setHeader("Authorization", "Bearer " + settings.key());
    }
    if (!settings.proxyToken().isEmpty()) {
      request.setHeader("X-PROXY-AUTH", settings.proxyToken());
    }
  }
}
