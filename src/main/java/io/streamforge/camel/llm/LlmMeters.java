package io.streamforge.camel.llm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters of models; the names are part of the contract. */
public final class LlmMeters {
  private final Supplier<MeterRegistry> registry;
  private final String duration;
  private @Nullable MeterRegistry gauged;

  /**
   * @param registry that of the moment: a reload of routes makes a new one
   * @param duration the timer that answers are measured with, as its stage {@code llm}
   */
  public LlmMeters(Supplier<MeterRegistry> registry, String duration) {
    this.registry = registry;
    this.duration = duration;
  }

  /** Measures how long an answer takes, and counts its tokens. */
  LlmAnswer timed(Callable<LlmAnswer> asking) throws Exception {
    Timer.Sample begun = Timer.start(registry.get());
    LlmAnswer answer = asking.call();
    begun.stop(Timer.builder(duration).tag("stage", "llm").register(registry.get()));
    count("prompt", answer.promptTokens());
    count("answer", answer.answerTokens());
    return answer;
  }

  private void count(String kind, OptionalInt tokens) {
    Counter.builder("llm.tokens")
        .description("Tokens that the server of the model has counted")
        .tag("kind", kind)
        .register(registry.get())
        .increment(tokens.orElse(0));
  }

  /** Shows whether there is to be a server, and whether it is there. */
  synchronized void show(LlmState state) {
    MeterRegistry current = registry.get();
    if (gauged == current) {
      return;
    }
    gauged = current;
    Gauge.builder("llm.configured", state, each -> each.configured() ? 1 : 0)
        .description("Whether a model is to be asked at all")
        .register(current);
    Gauge.builder("llm.connected", state, each -> each.connected() ? 1 : 0)
        .description("Whether the server of the model was there when it was last looked for")
        .register(current);
  }
}
