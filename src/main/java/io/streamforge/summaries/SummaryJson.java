package io.streamforge.summaries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Summaries as JSON text, as what a store keeps of them, and as what clients see of them. */
public final class SummaryJson {
  /** Instants as RFC 3339 text, unknown fields ignored. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SummaryJson() {}

  /** The summary that a stored document holds. */
  public static Summary read(StoredSummary stored) {
    try {
      return MAPPER.readValue(stored.document(), Summary.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the stored summary " + stored.id() + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The summary as a store keeps it. */
  public static StoredSummary stored(Summary summary) {
    try {
      return new StoredSummary(
          summary.id(),
          summary.version(),
          summary.isOpen(),
          summary.state().word(),
          summary.thread().rootId(),
          summary.thread().channelId(),
          summary.requester(),
          summary.leads(),
          summary.admitted(),
          summary.createdAt(),
          summary.dueAt(),
          summary.expiresAt(),
          MAPPER.writeValueAsString(summary));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary cannot be written: " + e.getOriginalMessage(), e);
    }
  }

  /** What everybody may see of it: where, how far, when and how; nothing of what was said. */
  public static ObjectNode listed(Summary summary) {
    ObjectNode seen = MAPPER.createObjectNode().put("id", summary.id());
    seen.put("state", summary.state().word()).put("trigger", summary.trigger().word());
    seen.set("thread", MAPPER.valueToTree(summary.thread()));
    seen.put("created_at", summary.createdAt().toString());
    seen.put("started_at", text(summary.startedAt()));
    seen.put("finished_at", text(summary.finishedAt()));
    seen.put("attempts", summary.attempts());
    seen.put("answered_by", summary.answeredBy());
    seen.put("error", summary.lastError());
    Made made = summary.made();
    if (made == null) {
      return seen.putNull("coverage").putNull("tokens").putNull("model");
    }
    seen.putObject("coverage").put("covered", made.covered()).put("messages", made.messages());
    seen.putObject("tokens").put("prompt", made.promptTokens()).put("answer", made.answerTokens());
    seen.put("model", made.model()).put("prompt_version", made.promptVersion());
    return seen.put("language", made.language());
  }

  /** What those see of it who may read the thread: the text too. */
  public static ObjectNode shown(Summary summary) {
    ObjectNode seen = listed(summary);
    Reply reply = summary.reply();
    List<String> parts = reply == null ? List.of() : reply.parts();
    seen.put("markdown", parts.isEmpty() ? null : String.join("\n\n", parts));
    seen.set("sections", summary.made() == null ? null : summary.made().sections());
    return seen;
  }

  private static @Nullable String text(@Nullable Object instant) {
    return instant == null ? null : instant.toString();
  }
}
