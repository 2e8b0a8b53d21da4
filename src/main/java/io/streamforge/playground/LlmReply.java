package io.streamforge.playground;

import io.streamforge.playground.LlmWire.Asked;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to one question on its way to the client; all on the thread of the server. */
final class LlmReply {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final LlmWire wire;
  private final Asked asked;
  private @Nullable Consumer<Boolean> over;

  LlmReply(Vertx vertx, HttpServerRequest request, LlmWire wire, Asked asked) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.wire = wire;
    this.asked = asked;
  }

  Asked asked() {
    return asked;
  }

  /** Told once: true when the answer went out as it was meant to, false when the client left. */
  void whenOver(Consumer<Boolean> listener) {
    over = listener;
    if (response.closed()) {
      end(false);
    } else {
      response.closeHandler(closed -> end(false));
    }
  }

  private void end(boolean complete) {
    Consumer<Boolean> listener = over;
    over = null;
    if (listener != null) {
      listener.accept(complete);
    }
  }

  void fail(int status, String message) {
    if (over == null) {
      return;
    }
    end(true);
    response.setStatusCode(status).putHeader("Content-Type", "application/json");
    response.end(wire.error(status, message, ""));
  }

  void say(LlmSpeech speech) {
    if (over == null || speech.hang) {
      return;
    }
    if (speech.status != 200) {
      if (!speech.retryAfter.isEmpty()) {
        response.putHeader("Retry-After", speech.retryAfter);
      }
      fail(speech.status, speech.error);
    } else if (!speech.raw.isEmpty()) {
      end(true);
      response.putHeader("Content-Type", "text/html").end(speech.raw);
    } else if (asked.stream() && !speech.whole) {
      stream(speech);
    } else {
      after(speech.beforeFirst, () -> sayWhole(speech));
    }
  }

  private void sayWhole(LlmSpeech speech) {
    String whole = wire.whole(asked, speech);
    response.putHeader("Content-Type", "application/json; charset=utf-8");
    if (speech.errorAfter != LlmSpeech.NEVER) {
      fail(500, speech.error);
    } else if (speech.cutAfter != LlmSpeech.NEVER || speech.endAfter != LlmSpeech.NEVER) {
      response.setChunked(true).write(whole.substring(0, whole.length() / 2));
      cut();
    } else {
      end(true);
      response.end(whole);
    }
  }

  private void stream(LlmSpeech speech) {
    response.setChunked(true).putHeader("Content-Type", wire.streamType());
    if (!wire.opening().isEmpty()) {
      response.write(wire.opening());
    }
    List<LlmSpeech.Piece> pieces = speech.withoutChoices ? List.of() : speech.pieces();
    after(speech.beforeFirst, () -> next(speech, pieces, 0));
  }

  private void next(LlmSpeech speech, List<LlmSpeech.Piece> pieces, int from) {
    for (int at = from; over != null; at++) {
      if (at >= speech.cutAfter) {
        cut();
      } else if (at >= speech.errorAfter) {
        end(true);
        response.end(wire.lateError(speech.error));
      } else if (at >= speech.endAfter) {
        end(true);
        response.end();
      } else if (at == pieces.size()) {
        end(true);
        response.end(wire.ending(asked, speech));
      } else {
        response.write(wire.piece(asked, pieces.get(at)));
        if (!speech.between.isZero()) {
          int following = at + 1;
          after(speech.between, () -> next(speech, pieces, following));
          return;
        }
      }
    }
  }

  private void cut() {
    end(true);
    request.connection().close();
  }

  private void after(Duration pause, Runnable step) {
    if (pause.isZero()) {
      step.run();
    } else {
      vertx.setTimer(pause.toMillis(), timer -> step.run());
    }
  }
}
