package io.streamforge.camel.mattermost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through camel-http, with its token, which thereby is in no message. What is
 * really sent is {@link #content}.
 */
public final class Letter extends AbstractHttpEntity {
  private final MattermostRequest request;

  Letter(MattermostRequest request) {
    super(ContentType.APPLICATION_JSON, null);
    this.request = request;
  }

  public String getMethod() {
    return request.method();
  }

  public String getPath() {
    return request.path();
  }

  public @Nullable String getQuery() {
    return request.query().isEmpty() ? null : request.query();
  }

  /** Whose rights count; empty for ours. */
  String token() {
    return request.token();
  }

  /** The body; null for none. */
  @Nullable ByteArrayEntity content() {
    return request.body() == null
        ? null
        : new ByteArrayEntity(
            request.body().toString().getBytes(UTF_8), ContentType.APPLICATION_JSON);
  }

  @Override
  public InputStream getContent() throws IOException {
    throw new IOException("a letter is opened before it is sent");
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    throw new IOException("a letter is opened before it is sent");
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public long getContentLength() {
    return 0;
  }

  @Override
  public void close() {
    // There is nothing open.
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
