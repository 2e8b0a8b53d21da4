package io.streamforge.arango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port of the loopback address, over HTTP/1.1 and HTTP/2 on the same port. What
 * it holds stays while it is down.
 */
public final class ArangoDouble implements AutoCloseable {
  /** The paths of statements and of their further batches. */
  public static final Predicate<String> STATEMENTS = path -> path.contains("/_api/cursor");

  public static final String USER = "streamforge";
  public static final String PASSWORD = "#p{{a}}${s}s@word";
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Access access;
  private final Api api;
  private final List<PendingFault> faults = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<HttpVersion> versions = ConcurrentHashMap.newKeySet();
  private @Nullable HttpServer server;
  private final @Nullable KeyCertOptions certificate;
  private final int port = FreePorts.find();

  private record PendingFault(Fault fault, AtomicInteger times) {}

  public ArangoDouble() {
    this(null, new Access(USER, PASSWORD));
  }

  /** With a certificate and its key: over TLS. */
  public ArangoDouble(KeyCertOptions certificate) {
    this(certificate, new Access(USER, PASSWORD));
  }

  /** Another coordinator of the same cluster. */
  public ArangoDouble(ArangoDouble other) {
    this(other.certificate, other.access, other.api);
  }

  private ArangoDouble(@Nullable KeyCertOptions certificate, Access access) {
    this(certificate, access, new Api(access));
  }

  private ArangoDouble(@Nullable KeyCertOptions certificate, Access access, Api api) {
    this.certificate = certificate;
    this.access = access;
    this.api = api;
    start();
  }

  /** Listens again, on the port that it had. */
  public void start() {
    HttpServerOptions options = new HttpServerOptions().setHost(HOST).setPort(port);
    if (certificate != null) {
      options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate);
    }
    HttpServer starting = vertx.createHttpServer(options);
    starting.requestHandler(this::receive);
    server = await(starting.listen());
  }

  /** Refuses connections, and ends those that are open. */
  public void stop() {
    if (server != null) {
      await(server.close());
      server = null;
      FreePorts.awaitFree(port);
    }
    api.forgetCursors();
  }

  public String url() {
    return (certificate == null ? "http://" : "https://") + HOST + ":" + port;
  }

  /** Lets the next requests that it concerns go wrong; {@link #heal} ends it. */
  public void fail(Fault fault, int times) {
    faults.add(new PendingFault(fault, new AtomicInteger(times)));
  }

  public void heal() {
    faults.clear();
  }

  /** Ends all tokens, as a restart with another secret does. */
  public void revokeTokens() {
    access.revoke();
  }

  /** Lets everybody in, and knows no login. */
  public void disableAuthentication() {
    access.disable();
  }

  /** Empty, as one that was set up anew. */
  public void wipe() {
    api.clear();
  }

  public void drop(String database, String collection) {
    api.database(database).drop(collection);
  }

  public void dropIndex(String database, String collection, String index) {
    api.database(database).dropIndex(collection, index);
  }

  public List<ObjectNode> documents(String database, String collection) {
    return api.database(database).documents(collection);
  }

  public List<JsonNode> indexes(String database, String collection) {
    return api.database(database).indexes(collection);
  }

  public int logins() {
    return access.logins();
  }

  /** Method and path of each request so far. */
  public List<String> requests() {
    return requests;
  }

  /** Spoken so far. */
  public Set<HttpVersion> versions() {
    return versions;
  }

  private void receive(HttpServerRequest request) {
    versions.add(request.version());
    requests.add(request.method() + " " + request.path());
    request.body().onSuccess(body -> vertx.executeBlocking(() -> serve(request, body), false));
  }

  private boolean serve(HttpServerRequest request, Buffer body) {
    Fault fault = fault(request.path());
    Fault.Kind kind = fault == null ? null : fault.kind();
    if (kind == Fault.Kind.HANG) {
      return false;
    }
    if (kind == Fault.Kind.DROP_BEFORE) {
      request.connection().close();
      return false;
    }
    Api.Answer answer =
        fault != null && kind == Fault.Kind.ANSWER
            ? Api.error(fault.error())
            : api.answer(
                request.method().name(),
                request.path(),
                String.valueOf(request.query()),
                String.valueOf(request.getHeader("Authorization")),
                body.getBytes());
    if (kind == Fault.Kind.DROP_AFTER) {
      request.connection().close();
      return false;
    }
    request
        .response()
        .setStatusCode(answer.code())
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(answer.body().toString());
    return true;
  }

  private @Nullable Fault fault(String path) {
    for (PendingFault each : faults) {
      if (each.fault().concerns().test(path) && each.times().getAndDecrement() > 0) {
        return each.fault();
      }
    }
    return null;
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
