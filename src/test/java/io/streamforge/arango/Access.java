package io.streamforge.arango;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who may ask: one user with one password, by name or by a token got for it. */
final class Access {
  private final String user;
  private final String password;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final AtomicInteger logins = new AtomicInteger();

  private volatile boolean disabled;

  Access(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** {@code POST /_open/auth}. */
  String login(JsonNode body) {
    if (disabled) {
      throw new ArangoError(404, 404, "unknown path '/_open/auth'");
    }
    logins.incrementAndGet();
    if (!body.path("username").asText().equals(user)
        || !body.path("password").asText().equals(password)) {
      throw new ArangoError(401, 401, "Wrong credentials");
    }
    String token = UUID.randomUUID().toString();
    tokens.add(token);
    return token;
  }

  void check(@Nullable String authorization) {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    boolean named = authorization != null && authorization.equals("Basic " + basic);
    boolean known =
        authorization != null
            && authorization.regionMatches(true, 0, "bearer ", 0, 7)
            && tokens.contains(authorization.substring(7));
    boolean allowed = disabled || named || known;
    if (!allowed) {
      throw new ArangoError(401, 11, "not authorized to execute this request");
    }
  }

  void disable() {
    disabled = true;
  }

  void revoke() {
    tokens.clear();
  }

  int logins() {
    return logins.get();
  }
}
