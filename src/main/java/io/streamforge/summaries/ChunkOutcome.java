package io.streamforge.summaries;

import io.streamforge.summaries.Summarised.Tokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a chunk.
 *
 * @param reply what could be made of the model's answer
 * @param answer what the model answered, word by word
 * @param failure why there is no answer, null when there is one
 */
public record ChunkOutcome(
    Chunk chunk, ModelReply reply, String answer, Tokens tokens, @Nullable Exception failure) {

  /** Whether the answer is as it was asked for. */
  public boolean isUsable() {
    return failure == null && reply.usable();
  }

  /** What was found; nothing when there is no answer, or nothing in it. */
  Optional<Findings> findings() {
    if (failure != null) {
      return Optional.empty();
    }
    Findings plain = reply.saysSomething() ? reply.findings() : FindingsReader.plainText(answer);
    boolean empty = !new ModelReply(plain, "").saysSomething();
    return empty ? Optional.empty() : Optional.of(plain);
  }
}
