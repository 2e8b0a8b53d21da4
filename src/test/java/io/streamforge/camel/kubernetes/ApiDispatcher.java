package io.streamforge.camel.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.HttpUrl;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What fabric8's dispatcher lacks of a real API server: refusals of bad objects, foreground
 * deletion, set-based selectors, pages, logs, and watches that can be cut or muted.
 */
final class ApiDispatcher extends KubernetesCrudDispatcher {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern JOB = Pattern.compile("/apis/batch/v1/namespaces/[^/]+/jobs/[^/?]+");
  private static final Pattern LOG =
      Pattern.compile("/api/v1/namespaces/[^/]+/pods/(?<pod>[^/]+)/log.*");
  private static final Pattern ONE_OF =
      Pattern.compile("(?<key>[A-Za-z0-9_./-]+) in \\((?<values>[^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, String> logs = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> created = new ConcurrentHashMap<>();
  private volatile Function<RecordedRequest, Optional<MockResponse>> fault =
      any -> Optional.empty();
  private volatile boolean muted;

  void fault(Function<RecordedRequest, Optional<MockResponse>> next) {
    fault = next;
  }

  void mute(boolean mute) {
    muted = mute;
    watches.forEach(watch -> watch.swallows |= mute);
  }

  /** Ends all watches as after a restart: what they have seen is forgotten. */
  void expireWatches() {
    for (Watch watch : watches) {
      watch.send(
          "{\"type\":\"ERROR\",\"object\":"
              + status(410, "Expired", "too old resource version: 435 (441)")
              + "}");
      watch.close();
    }
  }

  void log(String pod, String text) {
    logs.put(pod, text);
  }

  /** When the jobs were made that were asked for, by name: System.nanoTime. */
  Map<String, Long> created() {
    return Map.copyOf(created);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    requests.add(request.method() + " " + request.getPath());
    authorizations.add(requireNonNullElseEmpty(request.getHeader("Authorization")));
    Optional<MockResponse> failure = fault.apply(request);
    if (failure.isPresent()) {
      return failure.get();
    }
    String path = requireNonNull(request.getPath());
    return switch (request.method()) {
      case POST -> create(request);
      case DELETE -> delete(path, new String(request.getBody().getBytes(), UTF_8));
      case GET -> get(path);
      case PATCH -> lease(request, read(new String(request.getBody().getBytes(), UTF_8)));
      default -> super.dispatch(request);
    };
  }

  private MockResponse create(RecordedRequest request) {
    String text = new String(request.getBody().getBytes(), UTF_8);
    JsonNode object = read(text);
    String name = object.at("/metadata/name").asText();
    if (object.path("kind").asText().equals("Lease")) {
      return lease(request, object);
    }
    if (!NAME.matcher(name).matches()) {
      return failure(
          422, "Invalid", "Job.batch \"" + name + "\" is invalid: metadata.name: Invalid value");
    }
    if (object.at("/spec/template/spec/containers").isEmpty()) {
      return failure(
          422,
          "Invalid",
          "Job.batch \"" + name + "\" is invalid: spec.template.spec.containers: Required value");
    }
    MockResponse answer = super.dispatch(request);
    created.putIfAbsent(name, System.nanoTime());
    return answer;
  }

  private MockResponse lease(RecordedRequest request, JsonNode object) {
    if (object.at("/spec/leaseDurationSeconds").asInt() <= 0) {
      return failure(
          422,
          "Invalid",
          "Lease.coordination.k8s.io is invalid: spec.leaseDurationSeconds: Invalid value: 0: must"
              + " be greater than 0");
    }
    return super.dispatch(request);
  }

  private MockResponse get(String path) {
    Matcher log = LOG.matcher(path);
    if (log.matches()) {
      String text = logs.get(log.group("pod"));
      return text == null
          ? failure(404, "NotFound", "pods \"" + log.group("pod") + "\" not found")
          : new MockResponse().setResponseCode(200).setBody(text);
    }
    HttpUrl url = HttpUrl.parse("http://localhost" + path);
    if ("true".equals(url.queryParameter("watch"))) {
      MockResponse answer = handleGet(path);
      Watch watch = new Watch(requireNonNull(answer.getWebSocketListener()));
      watches.add(watch);
      return new MockResponse().withWebSocketUpgrade(watch);
    }
    String next = url.queryParameter("continue");
    if (next != null) {
      return page(Integer.parseInt(next), url);
    }
    String selector = requireNonNullElseEmpty(url.queryParameter("labelSelector"));
    Matcher oneOf = ONE_OF.matcher(selector);
    boolean filtered = oneOf.find();
    String plain = filtered ? without(path, selector.replace(oneOf.group(), "")) : path;
    MockResponse answer = handleGet(plain);
    if (answer.code() == 404) {
      return failure(404, "NotFound", path + " not found");
    }
    JsonNode body = read(new String(answer.getBody().getBytes(), UTF_8));
    if (!body.path("items").isArray()) {
      return new MockResponse().setResponseCode(200).setBody(body.toString());
    }
    return list((ObjectNode) body, filtered ? oneOf : null, url);
  }

  private static String requireNonNullElseEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String without(String path, String selector) {
    String rest = selector.replaceAll("^,|,$", "").replaceAll(",,", ",");
    return path.substring(0, path.indexOf('?')) + (rest.isEmpty() ? "" : "?labelSelector=" + rest);
  }

  private MockResponse list(ObjectNode body, @Nullable Matcher oneOf, HttpUrl url) {
    List<JsonNode> items = new ArrayList<>();
    body.path("items").forEach(items::add);
    if (oneOf != null) {
      Set<String> values = Set.of(oneOf.group("values").split(",", -1));
      String key = oneOf.group("key");
      items.removeIf(
          item -> !values.contains(item.path("metadata").path("labels").path(key).asText()));
    }
    body.remove("items");
    snapshots.put(pathOf(url), new Snapshot(body, items));
    return page(0, url);
  }

  /** The pages of a list show one moment. */
  private MockResponse page(int from, HttpUrl url) {
    Snapshot snapshot = requireNonNull(snapshots.get(pathOf(url)));
    List<JsonNode> items = snapshot.items();
    String limit = url.queryParameter("limit");
    int to = limit == null ? items.size() : Math.min(items.size(), from + Integer.parseInt(limit));
    ObjectNode body = snapshot.body().deepCopy();
    body.putArray("items").addAll(items.subList(from, to));
    if (to < items.size()) {
      ((ObjectNode) body.path("metadata")).put("continue", String.valueOf(to));
    }
    return new MockResponse().setResponseCode(200).setBody(body.toString());
  }

  private static String pathOf(HttpUrl url) {
    return url.encodedPath() + "?" + requireNonNullElseEmpty(url.queryParameter("labelSelector"));
  }

  /** All that a list has to show, so that its pages fit together. */
  private record Snapshot(ObjectNode body, List<JsonNode> items) {}

  private MockResponse delete(String path, String options) {
    String plain = path.replaceAll("\\?.*", "");
    var found = findResource(getKey(plain));
    if (found == null) {
      return failure(404, "NotFound", plain + " not found");
    }
    ObjectNode object = (ObjectNode) read(found.getValue());
    String policy = options.isEmpty() ? "" : read(options).path("propagationPolicy").asText();
    String wanted = options.isEmpty() ? "" : read(options).at("/preconditions/uid").asText();
    String uid = object.at("/metadata/uid").asText();
    if (!wanted.isEmpty() && !wanted.equals(uid)) {
      return failure(
          409,
          "Conflict",
          "Operation cannot be fulfilled on "
              + plain
              + ": the UID in the precondition ("
              + wanted
              + ") does not match the UID in record ("
              + uid
              + "). The object might have been deleted and then recreated");
    }
    boolean pod = plain.contains("/pods/");
    if (!pod && !(JOB.matcher(plain).matches() && policy.equals("Foreground"))) {
      processEvent(plain, getKey(plain), found.getKey(), null, null);
      return new MockResponse().setResponseCode(200).setBody(object.toString());
    }
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    if (!metadata.has("deletionTimestamp")) {
      metadata.put("deletionTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      if (!pod) {
        metadata.putArray("finalizers").add("foregroundDeletion");
      }
      metadata.put("resourceVersion", String.valueOf(requestResourceVersion()));
      processEvent(plain, getKey(plain), found.getKey(), null, object.toString());
    }
    return new MockResponse().setResponseCode(200).setBody(object.toString());
  }

  static MockResponse failure(int code, String reason, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(status(code, reason, message));
  }

  private static String status(int code, String reason, String message) {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", message)
        .put("reason", reason)
        .put("code", code)
        .toString();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All objects of a kind, for those who act for the cluster. */
  synchronized <T extends HasMetadata> List<T> all(Class<T> type) {
    String kind = "\"kind\":\"" + type.getSimpleName() + "\"";
    return map.values().stream()
        .filter(text -> text.contains(kind))
        .filter(text -> read(text).path("kind").asText().equals(type.getSimpleName()))
        .map(text -> Serialization.unmarshal(text, type))
        .collect(Collectors.toList());
  }

  /**
   * Makes or changes an object behind the API; false when it was to be changed and is not there.
   */
  synchronized boolean put(HasMetadata object, boolean isNew) {
    String path = path(object);
    var old = findResource(getKey(path));
    if (old == null && !isNew) {
      return false;
    }
    object.getMetadata().setResourceVersion(String.valueOf(requestResourceVersion()));
    AttributeSet before = old == null ? null : old.getKey();
    processEvent(path, getKey(path), before, null, Serialization.asJson(object));
    return true;
  }

  synchronized void remove(HasMetadata object) {
    String path = path(object);
    var old = findResource(getKey(path));
    if (old != null) {
      processEvent(path, getKey(path), old.getKey(), null, null);
    }
  }

  private static String path(HasMetadata object) {
    String group = object.getApiVersion();
    return (group.contains("/") ? "/apis/" : "/api/")
        + group
        + "/namespaces/"
        + object.getMetadata().getNamespace()
        + "/"
        + object.getPlural()
        + "/"
        + object.getMetadata().getName();
  }

  /** A watch that passes on what the dispatcher tells it, until it is cut or muted. */
  private final class Watch extends WebSocketListener {
    private final WebSocketListener inner;
    private volatile @Nullable WebSocket socket;
    private volatile boolean swallows = muted;

    Watch(WebSocketListener inner) {
      this.inner = inner;
    }

    void send(String text) {
      WebSocket open = socket;
      if (open != null) {
        open.send(text);
      }
    }

    void close() {
      WebSocket open = socket;
      watches.remove(this);
      if (open != null) {
        open.close(1000, "gone");
      }
    }

    @Override
    public void onOpen(WebSocket opened, io.fabric8.mockwebserver.http.Response response) {
      socket = opened;
      synchronized (ApiDispatcher.this) {
        inner.onOpen(new Muffler(opened, this), response);
      }
    }

    @Override
    public void onClosed(WebSocket closed, int code, String reason) {
      watches.remove(this);
      inner.onClosed(closed, code, reason);
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      watches.remove(this);
      inner.onClosing(closing, code, reason);
    }
  }

  /** The socket as the dispatcher sees it: what it sends may be swallowed. */
  private record Muffler(WebSocket socket, Watch watch) implements WebSocket {
    @Override
    public boolean send(String text) {
      return watch.swallows || socket.send(text);
    }

    @Override
    public boolean send(byte[] bytes) {
      return watch.swallows || socket.send(bytes);
    }

    @Override
    public boolean close(int code, String reason) {
      return socket.close(code, reason);
    }

    @Override
    public RecordedRequest request() {
      return socket.request();
    }
  }
}
