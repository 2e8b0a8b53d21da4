package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a request for a summary and of what came of it; the document that is stored.
 *
 * @param id the id of the post with the command; of a slash command or a request over REST one of
 *     our own
 * @param version from 1, one more with each change
 * @param thread what is to be summarised
 * @param replyTo where the answer is posted
 * @param requester the id of the user who asked, or the name of a caller over REST
 * @param language in which to speak to the requester as long as the thread has not been read: ru or
 *     en
 * @param askedAt when the command was written
 * @param attempts how often a process has taken it up
 * @param failures how often in a row it could not go on since a peer was away
 * @param owner the process that works on it, null when none does
 * @param dueAt when somebody has to look after it the next time: its lease ends, or its next try is
 *     due; null once it is final
 * @param admitted whether it counts towards the limits
 * @param leads the thread that is summarised for it and for all who ask meanwhile, null without one
 * @param placeholderId the post that is to become the answer, null without one
 * @param reply what is said to it, null until that is settled
 * @param made how the summary in the reply was made, null without one
 * @param answeredBy the request whose answer serves this one too, null without one
 * @param postIds the posts that the answer became
 * @param lastError what was last in its way, without any text of the thread
 * @param expiresAt when it may be forgotten
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Summary(
    String id,
    long version,
    SummaryState state,
    Trigger trigger,
    ThreadPlace thread,
    ThreadPlace replyTo,
    String requester,
    String language,
    Instant askedAt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    int attempts,
    int failures,
    @Nullable String owner,
    @Nullable Instant dueAt,
    boolean admitted,
    @Nullable String leads,
    @Nullable String placeholderId,
    @Nullable Reply reply,
    @Nullable Made made,
    @Nullable String answeredBy,
    List<String> postIds,
    @Nullable String lastError,
    Instant expiresAt) {
  public Summary {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(trigger, "trigger is null");
    requireNonNull(thread, "thread is null");
    requireNonNull(replyTo, "replyTo is null");
    requireNonNull(requester, "requester is null");
    postIds = List.copyOf(postIds);
    if (state.isFinal() == (dueAt != null)) {
      throw new IllegalArgumentException(state + " and due at " + dueAt);
    }
  }

  /**
   * What no two open requests may lead at the same time: a thread, and where its summary is posted.
   */
  @JsonIgnore
  public String leadKey() {
    return replyTo.rootId().equals(thread.rootId())
        ? thread.rootId()
        : thread.rootId() + "@" + (replyTo.rootId().isEmpty() ? id : replyTo.rootId());
  }

  /** Whether somebody still has to look after it. */
  @JsonIgnore
  public boolean isOpen() {
    return !state.isFinal();
  }
}
