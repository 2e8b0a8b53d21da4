package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.camel.mattermost.MattermostRefusedException;
import io.streamforge.camel.mattermost.MattermostRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Requests for summaries over REST, and the answers to them. */
public final class RestRequests {
  private static final int RETRY_AFTER_SECONDS = 30;

  private final Requests requests;
  private final Permalinks permalinks;
  private final Desk desk;
  private final boolean mattermost;

  /**
   * @param mattermost whether there is a Mattermost to read threads from
   */
  public RestRequests(Requests requests, Permalinks permalinks, Desk desk, boolean mattermost) {
    this.requests = requests;
    this.permalinks = permalinks;
    this.desk = desk;
    this.mattermost = mattermost;
  }

  /**
   * The post whose thread is to be summarised.
   *
   * @param body of the request, as the contract has checked it
   * @param token the caller's own token for Mattermost
   * @return null when the messages came with the request
   * @throws Refusal when there is no thread to read, or no right to read it
   */
  public @Nullable String postId(JsonNode body, @Nullable String token) {
    if (body.has("messages")) {
      return null;
    }
    if (!mattermost) {
      throw new Refusal(
          422, "There is no Mattermost here to read threads from: send the messages instead");
    }
    String postId =
        body.has("permalink")
            ? permalinks.post(body.path("permalink").asText()).orElse("")
            : body.path("post_id").asText();
    if (!MattermostRequest.isId(postId)) {
      String field = body.has("permalink") ? "permalink" : "post_id";
      String wrong =
          body.has("permalink")
              ? "must be a link to a post of the Mattermost that MATTERMOST_URL names"
              : "must be the id of a post: 26 small letters and digits";
      throw Refusal.of(List.of(new Fault(field, wrong)));
    }
    if (token == null || token.isBlank()) {
      throw new Refusal(
          403, "Send your own access token for Mattermost as X-Mattermost-Token: it decides");
    }
    return postId;
  }

  /**
   * The messages that came with a request.
   *
   * @throws Refusal when they cannot be read
   */
  public Discussion pasted(JsonNode body) {
    try {
      return new PastedReader().read(body.path("messages"));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(List.of(new Fault("messages", String.valueOf(e.getMessage()))));
    }
  }

  /**
   * The request, which this process works on from now on.
   *
   * @param discussion what is to be summarised
   * @param user the id of the caller in Mattermost, null when the messages came with the request
   * @param key by which the caller alone can ask for it, null when Mattermost decides who may
   */
  public Summary begin(Discussion discussion, @Nullable String user, @Nullable String key) {
    ThreadPlace thread = new ThreadPlace(discussion.channelId(), discussion.rootId());
    String id = key == null ? "rest-" + UUID.randomUUID() : SummaryKey.storedId(key);
    desk.begin(id);
    Trigger trigger = user == null ? Trigger.PASTED : Trigger.REST;
    return requests.overRest(id, trigger, thread, user == null ? "anonymous" : user, desk.owner());
  }

  /** The key of a request that brings its messages along; null for any other. */
  public @Nullable String key(JsonNode body) {
    return body.has("messages") ? SummaryKey.create() : null;
  }

  /**
   * The answer.
   *
   * @param key by which the caller can ask for it again, null for its id
   */
  public String answer(Summary summary, @Nullable String key) {
    ObjectNode shown = SummaryJson.shown(summary);
    if (key != null) {
      shown.put("id", key);
    }
    ObjectNode envelope = SummaryJson.MAPPER.createObjectNode().put("status", "success");
    envelope.put("message", "Summary made").set("data", shown);
    return envelope.toString();
  }

  /** What to record of a request that failed: there is no second try, its caller is told. */
  public SummaryEvent failed(Summary summary, Throwable failure) {
    Reply.Kind kind =
        behind(failure, PlainReplyException.class) != null
            ? Reply.Kind.REFUSAL
            : Reply.Kind.APOLOGY;
    return desk.settled(summary, new Reply(kind, refusal(failure).getMessage() + ""));
  }

  /** The refusal that a failure means to the caller. */
  public Refusal refusal(Throwable failure) {
    Refusal refusal = behind(failure, Refusal.class);
    PlainReplyException instead = behind(failure, PlainReplyException.class);
    MattermostRefusedException forbidden = behind(failure, MattermostRefusedException.class);
    if (refusal != null) {
      return refusal;
    }
    if (instead != null) {
      boolean limit = instead.reply().kind() == Reply.Kind.REFUSAL;
      Integer retryAfter = limit ? RETRY_AFTER_SECONDS : null;
      return new Refusal(limit ? 429 : 422, instead.reply().parts().get(0), List.of(), retryAfter);
    }
    if (forbidden != null) {
      return forbidden.status() == 404
          ? new Refusal(404, "There is no such thread for the owner of that token")
          : new Refusal(403, "Mattermost lets the owner of that token read no such thread");
    }
    if (behind(failure, LlmRefusedException.class) != null) {
      return new Refusal(502, "The model refuses its question: the log of the service tells why");
    }
    if (behind(failure, LlmAwayException.class) != null) {
      return away("The model does not answer");
    }
    if (behind(failure, MattermostAwayException.class) != null) {
      return away("Mattermost does not answer");
    }
    if (behind(failure, RejectedExecutionException.class) != null) {
      return new Refusal(
          429, "Too many summaries are being made for callers", List.of(), RETRY_AFTER_SECONDS);
    }
    throw new IllegalStateException("a summary could not be made", failure);
  }

  /** Throws the refusal that a failure means to the caller, if there is one. */
  public void refuseIf(@Nullable Throwable failure) {
    if (failure != null) {
      throw refusal(failure);
    }
  }

  /** Throws the refusal that a failure means to the caller. */
  @SuppressWarnings("DoNotCallSuggester") // Routes are meant to call it.
  public void refuse(Throwable failure) {
    throw refusal(failure);
  }

  private static Refusal away(String message) {
    return new Refusal(
        503, message + ": try again in " + RETRY_AFTER_SECONDS + " s", List.of(), 30);
  }

  private static <T extends Throwable> @Nullable T behind(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
