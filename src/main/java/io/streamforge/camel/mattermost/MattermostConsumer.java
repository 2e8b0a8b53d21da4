package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.tls.TrustedAuthority;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps one line open, and hands what it tells to the route on one thread. */
final class MattermostConsumer extends DefaultConsumer implements Suspendable {
  private static final Duration PROVEN = Duration.ofSeconds(30);
  private static final long CLOSING_SECONDS = 2;

  private final MattermostServer server;
  private final MattermostAccount account;
  private final Set<String> wanted;
  private final ReconnectDelay delay;
  private @Nullable HttpClient http;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ExecutorService worker;
  private @Nullable MattermostLink link;
  private boolean challenge;
  private boolean everTried;

  MattermostConsumer(
      MattermostEndpoint endpoint,
      Processor processor,
      MattermostServer server,
      MattermostAccount account,
      Set<String> wanted) {
    super(endpoint, processor);
    this.server = server;
    this.account = account;
    this.wanted = wanted;
    delay =
        new ReconnectDelay(
            server.reconnectDelay(), server.longestReconnectDelay(), PROVEN, new Random());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    open();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    open();
  }

  @Override
  protected void doSuspend() throws Exception {
    shut();
    super.doSuspend();
  }

  @Override
  protected void doStop() throws Exception {
    shut();
    super.doStop();
  }

  private synchronized void open() {
    if (timer != null) {
      return;
    }
    ExecutorServiceManager threads = getEndpoint().getCamelContext().getExecutorServiceManager();
    ScheduledExecutorService clock =
        threads.newSingleThreadScheduledExecutor(this, "mattermost-line");
    timer = clock;
    // A pool of Camel's has a bounded queue, and lets callers overtake when it is full; the line
    // bounds what it hands over.
    worker =
        Executors.newSingleThreadExecutor(
            task -> new Thread(task, threads.resolveThreadName("mattermost-events")));
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(server.connectTimeout())
              .sslContext(TrustedAuthority.context(server.caPath()))
              .build();
    }
    long shortest = Math.min(server.silence().toMillis(), server.helloTimeout().toMillis());
    long look = Math.max(10, Math.min(1000, shortest / 4));
    Future<?> unused = clock.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    connect();
  }

  private void shut() {
    MattermostLink open;
    ScheduledExecutorService clock;
    ExecutorService events;
    synchronized (this) {
      open = link;
      clock = timer;
      events = worker;
      link = null;
      timer = null;
      worker = null;
    }
    if (clock != null) {
      clock.shutdownNow();
    }
    if (open != null) {
      open.leave();
      account.left();
    }
    if (events != null) {
      end(events);
    }
  }

  /** What is still to be told is found again: whoever listens next catches up. */
  private static void end(ExecutorService events) {
    events.shutdown();
    try {
      if (!events.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        events.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      events.shutdownNow();
    }
  }

  private synchronized void connect() {
    HttpClient client = http;
    if (client == null || timer == null) {
      return;
    }
    if (everTried) {
      account.reconnecting();
    }
    everTried = true;
    MattermostLink opening =
        new MattermostLink(this, wanted, challenge ? server.token() : "", server);
    link = opening;
    WebSocket.Builder builder =
        client.newWebSocketBuilder().connectTimeout(server.connectTimeout());
    if (!challenge) {
      builder.header("Authorization", "Bearer " + server.token());
    }
    CompletableFuture<?> unused =
        builder
            .buildAsync(server.webSocket(), opening)
            .whenComplete(
                (socket, failure) -> {
                  if (failure != null) {
                    opening.failed(failure.getCause() == null ? failure : failure.getCause());
                  }
                });
  }

  private void look() {
    MattermostLink current;
    synchronized (this) {
      current = link;
    }
    if (current != null) {
      current.look();
    }
  }

  /** A line is gone; one that is not the current one does not count. */
  void down(MattermostLink gone, SocketState why, String words, Duration lived) {
    synchronized (this) {
      if (link != gone) {
        return;
      }
      account.closed(words);
    }
    hand(gone, null, why);
    if (why == SocketState.NO_HELLO) {
      later(gone, () -> connectAfter(gone, afterRefusal(lived)));
    } else {
      connectAfter(gone, delay.after(lived));
    }
  }

  /**
   * The route has heard that nobody said hello, and has asked what is wrong: when the token is good
   * all the same, something on the way does not pass the header on, and the other way in is tried.
   */
  private synchronized Duration afterRefusal(Duration lived) {
    if (!account.connected()) {
      return delay.longest();
    }
    challenge = !challenge;
    return delay.after(lived);
  }

  private synchronized void connectAfter(MattermostLink gone, Duration wait) {
    ScheduledExecutorService clock = timer;
    if (clock != null && link == gone) {
      Future<?> unused = clock.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void opened(MattermostLink open) {
    synchronized (this) {
      if (link != open) {
        return;
      }
      account.opened();
    }
    hand(open, null, SocketState.OPEN);
  }

  /** Gives the route an event, or a state, after all that was given to it before. */
  void hand(MattermostLink from, @Nullable JsonNode event, @Nullable SocketState state) {
    later(
        from,
        () -> {
          Exchange exchange = createExchange(false);
          try {
            exchange.getMessage().setBody(event);
            if (state != null) {
              exchange.getMessage().setHeader(SocketState.HEADER, state.name());
            }
            getProcessor().process(exchange);
          } catch (Exception e) {
            exchange.setException(e);
          }
          if (exchange.getException() != null) {
            getExceptionHandler()
                .handleException("An event is not heard", exchange, exchange.getException());
          }
          releaseExchange(exchange, false);
        });
  }

  void later(MattermostLink from, Runnable task) {
    ExecutorService events;
    synchronized (this) {
      events = link == from ? worker : null;
    }
    if (events != null) {
      try {
        events.execute(task);
      } catch (RejectedExecutionException closing) {
        // Whoever listens next catches up.
        return;
      }
    }
  }
}
