package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A post that somebody wants to write.
 *
 * @param rootId empty for a new thread
 * @param pendingPostId the writer's own name for it; empty for none
 * @param at when it counts as written, in milliseconds since 1970; 0 for now
 */
public record MattermostDraft(
    String channelId,
    String rootId,
    String message,
    ObjectNode props,
    List<String> fileNames,
    String pendingPostId,
    long at) {
  public MattermostDraft {
    requireNonNull(channelId, "channelId is null");
    requireNonNull(rootId, "rootId is null");
    requireNonNull(message, "message is null");
    requireNonNull(props, "props is null");
    requireNonNull(pendingPostId, "pendingPostId is null");
    fileNames = List.copyOf(fileNames);
  }

  /** A new thread. */
  public static MattermostDraft of(MattermostChannel channel, String message) {
    return new MattermostDraft(
        channel.id(), "", message, JsonNodeFactory.instance.objectNode(), List.of(), "", 0);
  }

  /** As an answer in that thread. */
  public MattermostDraft under(String root) {
    return new MattermostDraft(channelId, root, message, props, fileNames, pendingPostId, at);
  }

  /** With files of these names. */
  public MattermostDraft with(String... names) {
    return new MattermostDraft(
        channelId, rootId, message, props, List.of(names), pendingPostId, at);
  }

  /** As if it had been written then; nobody is told of it over the WebSocket. */
  public MattermostDraft at(long millis) {
    return new MattermostDraft(channelId, rootId, message, props, fileNames, pendingPostId, millis);
  }

  static MattermostDraft read(JsonNode body) {
    ObjectNode props =
        body.path("props") instanceof ObjectNode given
            ? given.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    return new MattermostDraft(
        body.path("channel_id").asText(""),
        body.path("root_id").asText(""),
        body.path("message").asText(""),
        props,
        List.of(),
        body.path("pending_post_id").asText(""),
        0);
  }
}
