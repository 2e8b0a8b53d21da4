package io.streamforge.camel.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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
    if (context.request().method().equals(HttpMethod.HEAD)) {
      // Over HTTP/2 Vert.x would send the content.
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length())).end();
      return;
    }
    response.end(content);
  }
}
