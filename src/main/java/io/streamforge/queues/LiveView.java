package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.socket.Frame;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What those who watch queues are sent, as {@code text} and as {@code json}. */
public final class LiveView {
  private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
  private static final String GREETING = "✅ WebSocket connected";
  private static final String HEARTBEAT = "💓 heartbeat";
  private static final String JSON = "json";

  /** The kind of record that answers a command; it is for whoever sent that. */
  private static final String ANSWER = "answer";

  private static final List<String> FIELDS =
      List.of("version", "queue_id", "status", "step", "records_written", "at", "message");

  private final Announcer announcer;
  private final Runnable caughtUp;
  private volatile long tailEnd = Long.MAX_VALUE;

  /**
   * A view that tells the announcer what everybody has been told.
   *
   * @param caughtUp run each time when all updates from before the start have been read; who
   *     watches earlier would be told old updates as if they were new
   */
  public LiveView(Announcer announcer, Runnable caughtUp) {
    this.announcer = announcer;
    this.caughtUp = caughtUp;
  }

  /** Takes note of where the updates from before the start begin and end. */
  public void tail(long begin, long end) {
    tailEnd = end;
    if (begin >= end) {
      caughtUp.run();
    }
  }

  /** The frame of a record of queue-updates; without texts when it is no news about a queue. */
  public Frame frame(String record, long offset) {
    Frame frame = read(record, offset);
    if (offset + 1 == tailEnd) {
      caughtUp.run();
    }
    return frame;
  }

  private Frame read(String record, long offset) {
    try {
      JsonNode fields = QueueJson.MAPPER.readTree(record);
      if (fields.path("kind").asText().equals(ANSWER)) {
        return new Frame(offset, null, Map.of());
      }
      Announcement told = QueueJson.MAPPER.treeToValue(fields, Announcement.class);
      boolean news = told.queueId() != null && told.status() != null && announcer.isNews(told);
      if (news) {
        return new Frame(offset, told.queueId(), texts(fields, told, offset));
      }
    } catch (JsonProcessingException e) {
      LOG.warn("record {} of queue-updates is none of ours: {}", offset, e.getOriginalMessage());
    }
    return new Frame(offset, null, Map.of());
  }

  private static Map<String, String> texts(JsonNode fields, Announcement told, long offset)
      throws JsonProcessingException {
    String text =
        "📡 Queue %s → %s (%d records)"
            .formatted(told.queueId(), told.status().word(), told.recordsWritten());
    ObjectNode json = QueueJson.MAPPER.createObjectNode().put("seq", offset);
    FIELDS.forEach(field -> json.set(field, fields.get(field)));
    // Of several changes in one version, those of steps are details; the last one always brings the
    // records up to date.
    return told.step() == null || told.last()
        ? Map.of("text", text, JSON, json.toString())
        : Map.of(JSON, json.toString());
  }

  /** The first text that a client gets. */
  public static String greeting(String format) {
    return remark(format, GREETING);
  }

  /** What everybody gets now and then. */
  public static Frame heartbeat() {
    return Frame.forEverybody(Map.of("text", HEARTBEAT, JSON, remark(JSON, HEARTBEAT)));
  }

  /**
   * What a client is told that missed more than can be replayed.
   *
   * @param since after which sequence it asked
   * @param first from which sequence on the replay is complete, null when nothing can be replayed
   */
  public static String gap(String format, long since, @Nullable Long first) {
    String from = first == null ? "" : " before " + first;
    return remark(
        format,
        "⚠️ Updates after "
            + since
            + from
            + " can no longer be replayed; GET /queues shows the present state");
  }

  private static String remark(String format, String message) {
    if (!format.equals(JSON)) {
      return message;
    }
    ObjectNode json = QueueJson.MAPPER.createObjectNode().putNull("seq");
    FIELDS.forEach(json::putNull);
    return json.put("at", Instant.now().toString()).put("message", message).toString();
  }
}
