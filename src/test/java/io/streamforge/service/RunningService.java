package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.Application;
import io.streamforge.Settings;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The whole service in this JVM, on a free port, with a database and topics of its own on the
 * broker of the tests.
 */
public final class RunningService implements AutoCloseable {
  /** Waits and rates short enough for tests. */
  public static final Map<String, String> QUICK =
      Map.ofEntries(
          Map.entry("HTTP_PORT", "0"),
          Map.entry("LOG_FILE", ""),
          Map.entry("DRAIN_IDLE", "1s"),
          Map.entry("WITNESS_GRACE", "1s"),
          Map.entry("STOP_GRACE", "3s"),
          Map.entry("RESUME_PERIOD", "200ms"),
          Map.entry("ANNOUNCE_PERIOD", "500ms"),
          Map.entry("TELEMETRY_MEASURE_PERIOD", "500ms"),
          Map.entry("LOCAL_TICK", "200ms"),
          Map.entry("LOCAL_REPORT_PERIOD", "200ms"),
          Map.entry("LOCAL_RECORDS_PER_SECOND", "5000"),
          Map.entry("LOCAL_PROCESSING_TIME", "1s"));

  /**
   * Time enough for what answers: how busy the machine is that a test runs on is no matter of it.
   */
  public static final Map<String, String> PATIENT =
      Map.of(
          "DEPENDENCY_PATIENCE", "40s",
          "KAFKA_PROBE_TIMEOUT", "30s",
          "KAFKA_REQUEST_TIMEOUT", "30s",
          "H2_PATIENCE", "30s");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Application application;
  private final @Nullable Path ownData;
  private final Thread thread;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private volatile @Nullable Exception failure;

  private RunningService(Application application, @Nullable Path ownData) {
    this.application = application;
    this.ownData = ownData;
    this.thread =
        new Thread(
            () -> {
              try {
                application.run();
                end.complete("");
              } catch (Exception e) {
                failure = e;
                end.complete(String.valueOf(e.getMessage()));
              }
            },
            "service under test");
  }

  /** Starts it with an empty database; {@code settings} go before {@link #QUICK}. */
  public static RunningService start(Map<String, String> settings) {
    RunningService service = startAnyway(settings);
    service.awaitWatchers();
    return service;
  }

  /** As {@link #start}, also when what the service depends on is away. */
  public static RunningService startAnyway(Map<String, String> settings) {
    try {
      Map<String, String> environment = environment(settings);
      Application application = Application.prepare(Settings.load(Path.of(""), environment));
      Path ownData = settings.containsKey("DATA_DIR") ? null : Path.of(environment.get("DATA_DIR"));
      RunningService service = new RunningService(application, ownData);
      service.thread.start();
      service.awaitStart();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a service of its own on the broker of the tests. */
  public static Map<String, String> environment() throws IOException {
    return environment(Map.of());
  }

  private static Map<String, String> environment(Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(QUICK);
    environment.put("DATA_DIR", Files.createTempDirectory("service").toString());
    if (!settings.containsKey("KAFKA_BOOTSTRAP_SERVERS")) {
      environment.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    }
    environment.put("INSTANCE", TestBroker.uniqueName("test"));
    environment.put("QUEUE_CONTROL_TOPIC", TestBroker.uniqueName("queue-control"));
    environment.put("QUEUE_EVENTS_TOPIC", TestBroker.uniqueName("queue-events"));
    environment.putAll(settings);
    return environment;
  }

  private void awaitStart() {
    try {
      while (!application.awaitStart(100, TimeUnit.MILLISECONDS)) {
        if (failure != null || !thread.isAlive()) {
          throw new IllegalStateException("the service did not start", failure);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Watchers are let in a little later than requests. */
  private void awaitWatchers() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                application.camel().getRouteController().getRouteStatus("watch-topic").isStarted());
  }

  /** Complete when it has ended: with the reason, or empty when it was told to. */
  CompletableFuture<String> end() {
    return end.copy();
  }

  public Application application() {
    return application;
  }

  /** The value of a setting. */
  public String setting(String name) {
    return application.settings().text(name);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + application.port() + path);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  public HttpResponse<String> post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    for (int at = 0; at < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    return send(request.build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a queue and returns its id. */
  public String startQueue(String body) {
    HttpResponse<String> answer = post("/queues/start", body);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return json(answer).path("data").path("queue_id").asText();
  }

  /** The state of a queue. */
  public JsonNode queue(String id) {
    return json(get("/queues/" + id)).path("data");
  }

  /** The status of a queue. */
  public String status(String id) {
    return queue(id).path("status").asText();
  }

  /** The statuses that a queue went through, by its history. */
  public List<String> statuses(String id) {
    List<String> statuses = new ArrayList<>();
    for (JsonNode event : json(get("/queues/" + id + "/events")).at("/data/events")) {
      if (event.path("step").isNull() && !event.path("to").isNull()) {
        statuses.add(event.path("to").asText());
      }
    }
    return statuses;
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return json(answer.body());
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file in requests/valid. */
  public static String request(String name) {
    try (var in = RunningService.class.getResourceAsStream("/requests/valid/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a body, and variables, to the {@code direct:} route of that name; what failed is in the
   * exchange.
   */
  public Exchange call(String route, @Nullable Object body, Map<String, Object> variables) {
    return send("direct:" + route, body, variables);
  }

  /** As {@link #call}, to any endpoint. */
  public Exchange send(String endpoint, @Nullable Object body, Map<String, Object> variables) {
    try (ProducerTemplate template = application.camel().createProducerTemplate()) {
      return template.send(
          endpoint,
          exchange -> {
            variables.forEach(exchange::setVariable);
            exchange.getMessage().setBody(body);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many exchanges a route has ended. */
  public int exchanges(String route) throws Exception {
    return (int)
        application
            .camel()
            .getCamelContextExtension()
            .getContextPlugin(ManagedCamelContext.class)
            .getManagedRoute(route)
            .getExchangesTotal();
  }

  /** The bean of that type that routes name. */
  public <T> T bean(String name, Class<T> type) {
    return application.camel().getRegistry().lookupByNameAndType(name, type);
  }

  /** The records of the topic that a setting names. */
  public List<ConsumerRecord<String, byte[]>> records(String topicSetting) {
    return Records.read(TestBroker.bootstrapServers(), setting(topicSetting), 0);
  }

  /** The records of queue-updates whose field has that value. */
  public List<JsonNode> updates(String field, String value) {
    return records("queue.updates.topic").stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .filter(text -> text.contains(value))
        .map(RunningService::json)
        .filter(update -> update.path(field).asText().equals(value))
        .toList();
  }

  /** Writes to the topic that a setting names, as another program would. */
  public void write(String topicSetting, String... values) {
    try {
      Records.write(TestBroker.bootstrapServers(), setting(topicSetting), values);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops routes until it is closed: what they do does not happen meanwhile. */
  public Undo without(String... routes) {
    try {
      for (String route : routes) {
        application.camel().getRouteController().stopRoute(route);
      }
      return () -> {
        for (String route : routes) {
          application.camel().getRouteController().startRoute(route);
        }
      };
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets a {@code direct:} route fail until it is closed, as when what it needs is away. */
  public Undo failing(String route) {
    return instead(
        route,
        exchange -> {
          throw new ConnectException(route + " is away");
        });
  }

  /** Lets a {@code direct:} route hang until it is closed, and then fail. */
  public Undo hanging(String route) {
    CountDownLatch over = new CountDownLatch(1);
    Undo undo =
        instead(
            route,
            exchange -> {
              over.await();
              throw new ConnectException(route + " was away");
            });
    return () -> {
      over.countDown();
      undo.close();
    };
  }

  private Undo instead(String route, Processor processor) {
    CamelContext camel = application.camel();
    try {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:" + route)
                  .routeId(route)
                  .errorHandler(noErrorHandler())
                  .process(processor);
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return () ->
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + file(route)));
  }

  private Path file(String route) throws IOException {
    String name = route + ".camel.yaml";
    List<Path> folders =
        List.of(
            Path.of("routes/queues"),
            Path.of("routes/summaries"),
            Path.of("routes/stores", setting("store")),
            Path.of("routes/launchers", setting("launcher")));
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /** Brings back what a test has taken away. */
  @FunctionalInterface
  public interface Undo extends AutoCloseable {}

  /** Stops the queues that are at work: whoever looks at others has less to wait for. */
  public void stopQueues() {
    HttpResponse<String> live = get("/queues?limit=1000&status=pending&status=loading");
    requireOk(live);
    for (JsonNode queue : json(live).path("data")) {
      requireOk(post("/queues/stop?queue_id=" + queue.path("id").asText(), ""));
    }
  }

  private static void requireOk(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    application.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
      FileSystemUtils.deleteRecursively(ownData);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
