package io.streamforge.summaries;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.mattermost.MattermostRequest;
import org.jspecify.annotations.Nullable;

/**
 * To whom a summary is shown: one of a thread to those who may read its channel, one of messages
 * that were brought to whoever brought them. To all others it is as if it were not there.
 */
public final class SummaryView {
  private static final String CALLER = "anonymous";

  /**
   * The summary that was looked for.
   *
   * @param asked the id, or the key, by which it was asked for
   * @throws Refusal 404 when there is none, or it belongs to another caller
   */
  public Summary found(@Nullable StoredSummary stored, String asked) {
    if (stored == null) {
      throw nothing();
    }
    Summary summary = SummaryJson.read(stored);
    if (!isOfThread(summary) && !(SummaryKey.isKey(asked) && summary.requester().equals(CALLER))) {
      throw nothing();
    }
    return summary;
  }

  /** Whether it is about a thread of Mattermost, which decides who may read it. */
  public boolean isOfThread(Summary summary) {
    return summary.trigger() != Trigger.PASTED;
  }

  /**
   * The channel that the caller must be able to read.
   *
   * @throws Refusal 404 when no channel is known, or the caller does not say who asks
   */
  public String channel(Summary summary, @Nullable String token) {
    String channel = summary.thread().channelId();
    if (token == null || token.isEmpty() || !MattermostRequest.isId(channel)) {
      throw nothing();
    }
    return channel;
  }

  /** Tells nobody whether there is such a summary. */
  @SuppressWarnings("DoNotCallSuggester") // Routes are meant to call it.
  public void refuse() {
    throw nothing();
  }

  /** The answer to those who may see it. */
  public ObjectNode answer(Summary summary) {
    ObjectNode answer = SummaryJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Summary fetched");
    answer.set("data", SummaryJson.shown(summary));
    return answer;
  }

  private static Refusal nothing() {
    return new Refusal(
        404,
        "No such summary, or not for you: send the access token of somebody who may read its"
            + " channel in X-Mattermost-Token");
  }
}
