package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.mattermost.MattermostRequest;
import io.streamforge.camel.mattermost.MattermostRequests;
import java.util.Collection;

/** Requests to Mattermost with the rights of somebody who asks over REST. */
public final class CallersRequests {
  private final MattermostRequests requests;

  public CallersRequests(MattermostRequests requests) {
    this.requests = requests;
  }

  /** Who the owner of the token is. */
  public MattermostRequest me(String token) {
    return requests.me().as(token);
  }

  /** The id of that user. */
  public String userId(JsonNode user) {
    return user.path("id").asText();
  }

  /** A thread, if they may read it. */
  public MattermostRequest thread(String postId, String token) {
    return requests.thread(postId).as(token);
  }

  /** The names of users. */
  public MattermostRequest users(Collection<String> ids, String token) {
    return requests.users(ids).as(token);
  }

  /** A channel, if they may read it. */
  public MattermostRequest channel(String channelId, String token) {
    return requests.channel(channelId).as(token);
  }
}
