package io.streamforge.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelFuture;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands before the API: tokens, faults, the WebSocket's door, and a list of who asked. */
final class MattermostFront {
  private static final String API = "/api/v4/";
  private static final int MOST_REMEMBERED = 20_000;
  private static final int LONGEST_BODY = 4_000_000;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final MattermostData data;
  private final MattermostApi api;
  private final MattermostSockets sockets;
  private final String path;
  private final Supplier<String> siteUrl;
  private final List<PendingFault> faults = new CopyOnWriteArrayList<>();
  private final Deque<Seen> seen = new ArrayDeque<>();

  private record PendingFault(MattermostFault fault, AtomicInteger times) {}

  private record Seen(String request, Map<String, String> headers) {}

  MattermostFront(
      Vertx vertx,
      MattermostData data,
      MattermostApi api,
      MattermostSockets sockets,
      String path,
      Supplier<String> siteUrl) {
    this.vertx = vertx;
    this.data = data;
    this.api = api;
    this.sockets = sockets;
    this.path = path;
    this.siteUrl = siteUrl;
  }

  String path() {
    return path;
  }

  void fail(MattermostFault fault, int times) {
    faults.add(new PendingFault(fault, new AtomicInteger(times)));
  }

  void heal() {
    faults.clear();
  }

  List<String> requests() {
    synchronized (seen) {
      return seen.stream().map(Seen::request).toList();
    }
  }

  List<Map<String, String>> headers() {
    synchronized (seen) {
      return seen.stream().map(Seen::headers).toList();
    }
  }

  private void remember(HttpServerRequest request, String below) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(headers::put);
    String query = request.query() == null ? "" : "?" + request.query();
    synchronized (seen) {
      seen.add(new Seen(request.method() + " " + below + query, headers));
      if (seen.size() > MOST_REMEMBERED) {
        seen.remove();
      }
    }
  }

  void receive(HttpServerRequest request) {
    String whole = request.path();
    String hook = path + "/hooks/commands/";
    if (request.method().name().equals("POST") && whole.startsWith(hook)) {
      request
          .body()
          .onSuccess(
              body ->
                  vertx.executeBlocking(
                      () -> send(request, api.later(whole.substring(hook.length()), text(body))),
                      false));
      return;
    }
    if (!whole.startsWith(path + API)) {
      send(request, MattermostAnswer.error(MattermostError.noSuchPage(whole)));
      return;
    }
    String below = whole.substring(path.length() + API.length());
    remember(request, below);
    MattermostFault fault = fault(below);
    MattermostFault.Kind kind = fault == null ? null : fault.kind();
    if (kind == MattermostFault.Kind.HANG) {
      return;
    }
    if (kind == MattermostFault.Kind.REFUSE) {
      cut(request);
    } else if (fault != null && kind == MattermostFault.Kind.STATUS) {
      send(request, MattermostAnswer.of(fault));
    } else if (below.equals("websocket")) {
      upgrade(request);
    } else {
      serve(request, below, fault);
    }
  }

  private void upgrade(HttpServerRequest request) {
    Optional<MattermostUser> user;
    synchronized (data) {
      user = data.byToken(token(request));
    }
    if (request.query() != null && request.query().contains("access_token=")) {
      send(request, MattermostAnswer.error(MattermostError.session()));
    } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      send(
          request,
          MattermostAnswer.error(
              new MattermostError(
                  400,
                  "api.web_socket.connect.upgrade.app_error",
                  "Failed to upgrade websocket connection.")));
    } else {
      sockets.accept(request, user);
    }
  }

  private void serve(HttpServerRequest request, String below, @Nullable MattermostFault fault) {
    MultiMap query = request.params();
    String etag = Optional.ofNullable(request.getHeader("If-None-Match")).orElse("");
    String token = token(request);
    request
        .body()
        .onSuccess(
            body -> {
              if (body.length() > LONGEST_BODY) {
                cut(request);
                return;
              }
              MattermostApi.Call call =
                  new MattermostApi.Call(
                      request.method().name(),
                      List.of(below.split("/", -1)),
                      query,
                      text(body),
                      token,
                      etag);
              Runnable work =
                  () ->
                      vertx.executeBlocking(
                          () -> deliver(request, api.answer(call, siteUrl.get()), fault), false);
              if (fault != null && fault.kind() == MattermostFault.Kind.LATE) {
                vertx.setTimer(Math.max(1, fault.delay().toMillis()), timer -> work.run());
              } else {
                work.run();
              }
            });
  }

  private boolean deliver(
      HttpServerRequest request, MattermostAnswer answer, @Nullable MattermostFault fault) {
    if (fault != null && fault.kind() == MattermostFault.Kind.SLOW) {
      vertx.setTimer(Math.max(1, fault.delay().toMillis()), timer -> send(request, answer));
      return true;
    }
    if (fault != null && fault.kind() == MattermostFault.Kind.CUT) {
      Buffer body = Buffer.buffer(answer.body());
      HttpServerResponse response = request.response().setStatusCode(answer.status());
      response.putHeader("Content-Length", String.valueOf(body.length()));
      response.write(body.getBuffer(0, body.length() / 2)).onComplete(written -> cut(request));
      return true;
    }
    return send(request, answer);
  }

  private boolean send(HttpServerRequest request, MattermostAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return false;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.putHeader("X-Version-Id", data.version.serverVersion());
    response.putHeader("X-Request-Id", MattermostIds.next());
    synchronized (data) {
      response.putHeader("Date", HTTP_DATE.format(Instant.ofEpochMilli(data.now())));
    }
    response.end(answer.body());
    return true;
  }

  private static void cut(HttpServerRequest request) {
    ChannelFuture unused = ((ConnectionBase) request.connection()).channelHandlerContext().close();
  }

  private @Nullable MattermostFault fault(String below) {
    for (PendingFault each : faults) {
      if (each.fault().concerns().test(below) && each.times().getAndDecrement() > 0) {
        return each.fault();
      }
    }
    return null;
  }

  /** Both schemes are known, in any case; a bare token is none. */
  private static String token(HttpServerRequest request) {
    String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    String[] words = header.split(" ", 2);
    boolean known =
        words.length == 2
            && (words[0].equalsIgnoreCase("Bearer") || words[0].equalsIgnoreCase("token"));
    return known ? words[1].strip() : "";
  }

  private static String text(Buffer body) {
    return body.toString(UTF_8);
  }
}
