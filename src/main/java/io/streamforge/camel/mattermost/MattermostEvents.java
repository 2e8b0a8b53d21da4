package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads what events say. */
public final class MattermostEvents {
  private final ObjectMapper mapper = new ObjectMapper();

  /** The type of the channel that an event is about: O, P, D, G; empty when it does not tell. */
  public String channelType(JsonNode event) {
    return event.path("data").path("channel_type").asText("");
  }

  /**
   * The post that an event is about, which is JSON inside of JSON.
   *
   * @throws IllegalArgumentException when there is none
   */
  public JsonNode post(JsonNode event) {
    try {
      JsonNode post = mapper.readTree(event.path("data").path("post").asText(""));
      if (post.isObject()) {
        return post;
      }
    } catch (JsonProcessingException notJson) {
      // Told below like an event without a post.
    }
    throw new IllegalArgumentException(
        "an event without a post: " + event.path("event").asText(""));
  }
}
