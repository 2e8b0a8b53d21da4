package io.streamforge.camel.socket;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps what it is sent. */
final class TestClient implements WebSocket.Listener {
  private final StringBuilder part = new StringBuilder();
  private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable WebSocket socket;
  private volatile int closeCode;

  List<String> texts() {
    synchronized (texts) {
      return List.copyOf(texts);
    }
  }

  int closeCode() {
    return closeCode;
  }

  WebSocket socket() {
    return requireNonNull(socket);
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      texts.add(part.toString());
      part.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closeCode = statusCode;
    return null;
  }

  /** Waits until these, and no others, have come in this order. */
  void awaitTexts(String... expected) {
    await().untilAsserted(() -> assertThat(texts()).containsExactly(expected));
  }
}
