package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streamforge.camel.tls.TrustedAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of camel-http for Mattermost: it alone puts the token in, sends each request
 * once, follows nobody elsewhere, keeps no cookies, and takes from answers what may be taken.
 */
public final class MattermostHttp implements HttpClientConfigurer {
  /** A thread of 5,000 long posts has 30 MB; few have more than one. */
  private static final long LONGEST_ANSWER = 48L * 1024 * 1024;

  /**
   * Each time: a server that was restarted has ended all connections, and nothing is sent twice.
   */
  private static final TimeValue LOOKED_AT_AFTER = TimeValue.ZERO_MILLISECONDS;

  private static final TimeValue KEPT_FOR = TimeValue.ofMinutes(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MattermostServer server;
  private final ServerClock clock;

  public MattermostHttp(MattermostServer server, ServerClock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    Timeout response = timeout(server.responseTimeout());
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(timeout(server.connectTimeout()))
            .setSocketTimeout(response)
            .setValidateAfterInactivity(LOOKED_AT_AFTER)
            .setTimeToLive(KEPT_FOR)
            .build();
    builder
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(server.connections())
                .setMaxConnPerRoute(server.connections())
                .setDefaultConnectionConfig(connection)
                .setDefaultSocketConfig(
                    SocketConfig.custom()
                        .setSoTimeout(timeout(server.connectTimeout()))
                        .setTcpNoDelay(true)
                        .build())
                .setTlsSocketStrategy(
                    new DefaultClientTlsStrategy(TrustedAuthority.context(server.caPath())))
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(response)
                .setConnectionRequestTimeout(response)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .addExecInterceptorFirst("mattermost", this::execute);
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.ofMilliseconds(duration.toMillis());
  }

  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException {
    if (!(request.getEntity() instanceof Letter letter)) {
      throw new IOException("only letters are sent to Mattermost");
    }
    request.setEntity(letter.content());
    String token = letter.token().isEmpty() ? server.token() : letter.token();
    request.setHeader("Authorization", "Bearer " + token);
    request.setHeader("Accept", "application/json");
    try {
      return open(chain.proceed(request, scope), scope.execRuntime::discardEndpoint);
    } catch (IOException e) {
      throw away(e);
    } catch (HttpException e) {
      throw away(new IOException("it does not speak HTTP: " + e.getMessage(), e));
    }
  }

  /** Of its headers those stay that are asked for: what a route does not see, it cannot pass on. */
  private ClassicHttpResponse open(ClassicHttpResponse response, Runnable abort) {
    clock.told(value(response.getFirstHeader("Date")));
    String retryAfter = value(response.getFirstHeader("Retry-After"));
    response.setHeaders();
    if (retryAfter != null) {
      response.setHeader("Retry-After", retryAfter);
    }
    if (response.getEntity() != null) {
      response.setEntity(
          new BoundedAnswer(
              response.getEntity(), LONGEST_ANSWER, server.responseTimeout(), this::away, abort));
    }
    return response;
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  private MattermostAwayException away(IOException cause) {
    return cause instanceof MattermostAwayException known
        ? known
        : new MattermostAwayException(
            "Mattermost at " + server.url() + " is out of reach: " + reason(cause),
            Optional.empty(),
            cause);
  }

  private static String reason(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains(" ") ? message : cause.getClass().getSimpleName() + ": " + message;
  }

  /**
   * The request as camel-http has to get it.
   *
   * @throws MattermostAwayException when there is no Mattermost
   */
  public Letter letter(MattermostRequest request) throws MattermostAwayException {
    if (server.url().isEmpty()) {
      throw new MattermostAwayException(
          "There is no Mattermost: MATTERMOST_URL is not set", Optional.empty(), null);
    }
    return new Letter(request);
  }

  /**
   * What was answered.
   *
   * @param body null when there was none
   * @param retryAfter whole seconds, null when there was none
   */
  public JsonNode read(@Nullable InputStream body, int status, @Nullable String retryAfter)
      throws MattermostAwayException, MattermostRefusedException {
    JsonNode answer = json(body);
    if (status >= 200 && status < 300 && answer != null) {
      return answer;
    }
    if (status >= 400 && status < 500 && status != 429 && status != 408) {
      JsonNode said = answer == null ? MissingNode.getInstance() : answer;
      throw new MattermostRefusedException(
          status,
          said.path("id").asText(""),
          "Mattermost refuses with " + status + ": " + said.path("message").asText("no reason"));
    }
    String what = status >= 200 && status < 300 ? "something that is no JSON" : status + "";
    throw new MattermostAwayException(
        "Mattermost at " + server.url() + " answers with " + what, wait(retryAfter), null);
  }

  /** Null when it is none. */
  private static @Nullable JsonNode json(@Nullable InputStream body)
      throws MattermostAwayException {
    if (body == null) {
      return MissingNode.getInstance();
    }
    try (body) {
      return MAPPER.readTree(body);
    } catch (MattermostAwayException e) {
      throw e;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static Optional<Duration> wait(@Nullable String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
        : Optional.empty();
  }
}
