package io.streamforge.camel.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way to a server, which may refuse what is optional in the request: then it is
 * asked again at once without that.
 */
public final class LlmTry {
  private final WireFormat format;
  private final LlmQuestion question;
  private final Set<String> without;
  private final long begun = System.nanoTime();
  private @Nullable LlmAnswer answer;

  LlmTry(WireFormat format, LlmQuestion question, Set<String> without) {
    this.format = format;
    this.question = question;
    this.without = new HashSet<>(without);
  }

  /** What is sent. */
  public HttpEntity getRequest() {
    return new StringEntity(body().toString(), ContentType.APPLICATION_JSON);
  }

  private ObjectNode body() {
    return format.request(question, without);
  }

  /** Whether there is no answer yet. */
  public boolean isOpen() {
    return answer == null;
  }

  /** The answer; null as long as there is none. */
  public @Nullable LlmAnswer getAnswer() {
    return answer;
  }

  void conclude(LlmAnswer given) {
    answer = given;
  }

  LlmQuestion question() {
    return question;
  }

  /** When it began, on the clock of {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  Set<String> without() {
    return without;
  }

  /** Leaves out what a refusal blames; false when it blames nothing that can be left out. */
  boolean giveIn(String refusal) {
    List<String> blamed =
        format.optional(body()).stream().filter(field -> format.blames(refusal, field)).toList();
    return !blamed.isEmpty() && without.add(blamed.get(0));
  }
}
