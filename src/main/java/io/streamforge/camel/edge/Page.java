package io.streamforge.camel.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.util.zip.CRC32;

/**
 * Something that is served as it is.
 *
 * @param type its content type
 * @param tag changes with the content, quotes included
 */
record Page(Buffer content, String type, String tag) {
  private static final int PIECE = 64 * 1024;

  static Page of(byte[] content, String type) {
    var checksum = new CRC32();
    checksum.update(content);
    var tag = '"' + Long.toHexString(checksum.getValue()) + '-' + content.length + '"';
    return new Page(Buffer.buffer(content), type, tag);
  }

  /** Its type is told by the ending of the name. */
  static Page named(String name, byte[] content) {
    var type = MimeMapping.getMimeTypeForFilename(name);
    if (type == null) {
      throw new IllegalArgumentException("no content type is known for " + name);
    }
    return of(content, type.startsWith("text/") ? type + ";charset=UTF-8" : type);
  }

  /** Browsers may keep it, but ask each time whether it is still the same. */
  void send(RoutingContext context) {
    var response = context.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").putHeader(HttpHeaders.ETAG, tag);
    if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      // Over HTTP/2 Vert.x would send the content.
      response.end();
      return;
    }
    send(response, 0);
  }

  /** As fast as the client reads: of what it leaves unread, memory holds one piece or two. */
  private void send(HttpServerResponse response, int from) {
    int at = from;
    while (content.length() - at > PIECE && !response.writeQueueFull()) {
      response.write(content.slice(at, at + PIECE));
      at += PIECE;
    }
    if (content.length() - at <= PIECE) {
      response.end(content.slice(at, content.length()));
      return;
    }
    int next = at;
    response.drainHandler(drained -> send(response, next));
  }
}
