package io.streamforge.camel.mattermost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A post that catching up has found.
 *
 * @param channelType O, P, D or G; empty when it is not known
 */
public record MissedPost(JsonNode post, String channelType) {
  public MissedPost {
    requireNonNull(post, "post is null");
    requireNonNull(channelType, "channelType is null");
  }

  /** The post's id. */
  public String id() {
    return post.path("id").asText("");
  }
}
