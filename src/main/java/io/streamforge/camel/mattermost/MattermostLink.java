package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a line: from the wish to connect to its end. */
final class MattermostLink implements WebSocket.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(MattermostLink.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A post of 16,383 characters takes 115 KB at most, and its props are bounded to 800 KB. */
  private static final int LONGEST_EVENT = 16_000_000;

  /**
   * The JDK's client (17) does not see a server leave that says something in the same moment: only
   * what is sent to it then fails.
   */
  private static final long LONGEST_PING_PERIOD = Duration.ofSeconds(5).toNanos();

  private static final int MOST_WAITING = 1000;
  private static final int MOST_WAITING_CHARACTERS = 16_000_000;

  private final MattermostConsumer consumer;
  private final Set<String> wanted;
  private final String challenge;
  private final MattermostServer server;
  private final AtomicBoolean down = new AtomicBoolean();
  private final StringBuilder text = new StringBuilder();
  private volatile @Nullable WebSocket socket;
  private volatile boolean hello;
  private volatile boolean left;
  private volatile long opened;
  private volatile long last;
  private volatile boolean pinging;
  private volatile long pinged;
  private int waiting;
  private int waitingCharacters;
  private boolean paused;

  /**
   * @param challenge the token to present once the line is open; empty when it was in a header
   */
  MattermostLink(
      MattermostConsumer consumer, Set<String> wanted, String challenge, MattermostServer server) {
    this.consumer = consumer;
    this.wanted = wanted;
    this.challenge = challenge;
    this.server = server;
  }

  @Override
  public void onOpen(WebSocket opening) {
    last = System.nanoTime();
    opened = last;
    socket = opening;
    if (left || down.get()) {
      opening.abort();
      return;
    }
    if (!challenge.isEmpty()) {
      ObjectNode frame = MAPPER.createObjectNode().put("seq", 1);
      frame.put("action", "authentication_challenge").putObject("data").put("token", challenge);
      CompletableFuture<?> unused = opening.sendText(frame.toString(), true);
    }
    opening.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean end) {
    last = System.nanoTime();
    text.append(part);
    if (text.length() > LONGEST_EVENT) {
      fall(SocketState.CLOSED, "an event of more than " + LONGEST_EVENT + " characters");
      return null;
    }
    if (!end) {
      from.request(1);
      return null;
    }
    String whole = text.toString();
    text.setLength(0);
    read(whole);
    if (mayReadOn()) {
      from.request(1);
    }
    return null;
  }

  private void read(String whole) {
    JsonNode event;
    try {
      event = MAPPER.readTree(whole);
    } catch (JsonProcessingException e) {
      LOG.warn("Mattermost tells something that is no JSON, which is left out");
      return;
    }
    String type = event.path("event").asText("");
    if (!hello && !type.isEmpty()) {
      hello = true;
      consumer.opened(this);
    }
    if (!type.isEmpty() && (wanted.isEmpty() || wanted.contains(type))) {
      given(whole.length());
      consumer.hand(this, event, null);
      consumer.later(this, () -> taken(whole.length()));
    }
  }

  private synchronized void given(int characters) {
    waiting++;
    waitingCharacters += characters;
  }

  /** Whether there is room for more than what the route has still to take. */
  private synchronized boolean mayReadOn() {
    boolean room = waiting < MOST_WAITING && waitingCharacters < MOST_WAITING_CHARACTERS;
    paused = !room;
    return room;
  }

  private void taken(int characters) {
    boolean goOn;
    synchronized (this) {
      waiting--;
      waitingCharacters -= characters;
      goOn =
          paused && waiting < MOST_WAITING / 2 && waitingCharacters < MOST_WAITING_CHARACTERS / 2;
      paused = paused && !goOn;
    }
    WebSocket open = socket;
    if (goOn && open != null) {
      last = System.nanoTime();
      open.request(1);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean end) {
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    last = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    last = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    fall(SocketState.CLOSED, "the server has closed it (" + code + ")");
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    fall(SocketState.CLOSED, "it broke: " + error);
  }

  void failed(Throwable failure) {
    fall(SocketState.CLOSED, "it cannot be opened: " + failure);
  }

  /** Looks whether the line is dead. */
  void look() {
    WebSocket open = socket;
    if (open == null || down.get()) {
      return;
    }
    long now = System.nanoTime();
    if (!hello && now - opened > server.helloTimeout().toNanos()) {
      fall(SocketState.NO_HELLO, "");
    } else if (now - last > server.silence().toNanos() && !isPaused()) {
      fall(SocketState.SILENT, "nothing came for " + server.silence().toMillis() + " ms");
    } else if (!pinging
        && now - pinged > Math.min(LONGEST_PING_PERIOD, server.silence().toNanos() / 4)) {
      ping(open, now);
    }
  }

  private void ping(WebSocket open, long now) {
    pinging = true;
    pinged = now;
    CompletableFuture<?> unused =
        open.sendPing(ByteBuffer.allocate(0))
            .whenComplete(
                (done, failure) -> {
                  pinging = false;
                  if (failure != null) {
                    fall(SocketState.CLOSED, "it broke: " + failure);
                  }
                });
  }

  private synchronized boolean isPaused() {
    return paused;
  }

  /** A line that opened and closes before hello was not let in. */
  private void fall(SocketState why, String words) {
    if (left || down.getAndSet(true)) {
      return;
    }
    WebSocket open = socket;
    if (open == null) {
      consumer.down(this, why, words, Duration.ZERO);
      return;
    }
    open.abort();
    if (hello) {
      consumer.down(this, why, words, Duration.ofNanos(System.nanoTime() - opened));
    } else {
      consumer.down(
          this,
          SocketState.NO_HELLO,
          "the server says no hello, as if the token were wrong",
          Duration.ZERO);
    }
  }

  /** We do not want to hear more. */
  void leave() {
    left = true;
    WebSocket open = socket;
    if (open != null) {
      CompletableFuture<?> unused =
          open.sendClose(WebSocket.NORMAL_CLOSURE, "")
              .whenComplete((done, failure) -> open.abort());
    }
  }
}
