package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.mattermost.MattermostRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * How an answer becomes posts, each of them once: a post says in its props for which request and
 * for which part of its answer it stands, and is looked for before it is posted again.
 */
public final class Delivery {
  private static final String REQUEST = "summary_request";
  private static final String PART = "summary_part";
  private static final String MENTION = "mention";

  private final Duration mentionAfter;
  private final String language;

  /**
   * @param mentionAfter an answer that took longer is followed by a mention of the requester; zero
   *     for never
   * @param language ru or en, auto for that of each discussion
   */
  public Delivery(Duration mentionAfter, String language) {
    this.mentionAfter = mentionAfter;
    this.language = language;
  }

  /**
   * A part of an answer on its way.
   *
   * @param name 1, 2, … or {@value #MENTION}
   * @param postId the post that is to become it, null when one has to be made
   * @param there whether that post says it already
   * @param again whether another post could not become it, so that a new one takes its place
   */
  public record Part(
      Summary summary,
      String name,
      String text,
      @Nullable String postId,
      boolean there,
      boolean again) {
    /** The post for Mattermost. */
    public ObjectNode post() {
      ObjectNode post = SummaryJson.MAPPER.createObjectNode();
      post.put("channel_id", summary.replyTo().channelId());
      post.put("root_id", summary.replyTo().rootId());
      post.put("message", text);
      // Within half a minute the server makes one post of all that have the same one.
      post.put("pending_post_id", summary.id() + ":" + name + (again ? ":again" : ""));
      post.putObject("props").put(REQUEST, summary.id()).put(PART, name);
      return post;
    }
  }

  /** Whether an earlier try may have posted something that this process does not know of. */
  public boolean mayHavePosted(Summary summary) {
    return summary.trigger().isPosted() && summary.attempts() > 1;
  }

  /** Whether a post is to be made where the answer will be. */
  public boolean needsPlaceholder(Summary summary) {
    return summary.trigger().isPosted() && summary.placeholderId() == null;
  }

  /** Whether there is a post to show progress in. */
  public boolean showsProgress(@Nullable Summary summary) {
    return summary != null && summary.placeholderId() != null;
  }

  /**
   * What stands where the answer will be, until it is there.
   *
   * @param thread as Mattermost tells it now, null when nothing can have been posted yet
   */
  public Part placeholder(
      Summary summary, @Nullable JsonNode thread, String bot, Discussion discussion) {
    String text = phrases(discussion).working(discussion.messages().size());
    return part(summary, thread, bot, "1", text);
  }

  /** The same, once some parts of a long thread have been read. */
  public String progress(Discussion discussion, Progress progress) {
    return phrases(discussion)
        .progress(discussion.messages().size(), progress.done(), progress.total());
  }

  private Phrases phrases(Discussion discussion) {
    return Phrases.in(Language.of(language, discussion).code());
  }

  /** Whether the server has made no new post, but gives one of an earlier try that says else. */
  public boolean isOlder(Part part, JsonNode post) {
    return !says(post, part.text());
  }

  /** The id of a post that was made. */
  public String id(JsonNode post) {
    return post.path("id").asText();
  }

  /**
   * The part as a post of its own, since its post cannot be edited: too old, or deleted.
   *
   * @throws MattermostRefusedException when that does not explain the refusal
   */
  public Part anew(Part part, MattermostRefusedException refusal)
      throws MattermostRefusedException {
    if (refusal.status() == 401) {
      throw refusal;
    }
    return new Part(part.summary(), part.name(), part.text(), null, false, true);
  }

  /**
   * The parts of the answer, each with the post that it has already become, or is to become.
   *
   * @param thread as Mattermost tells it now, null when nothing but the placeholder can be there
   */
  public List<Part> parts(Summary summary, @Nullable JsonNode thread, String bot) {
    Reply reply = summary.reply();
    if (reply == null) {
      throw new IllegalArgumentException("nothing is said to " + summary.id());
    }
    List<Part> parts = new ArrayList<>();
    for (String text : reply.parts()) {
      parts.add(part(summary, thread, bot, String.valueOf(parts.size() + 1), text));
    }
    Part first = parts.get(0);
    if (first.postId() == null) {
      parts.set(
          0, new Part(summary, first.name(), first.text(), summary.placeholderId(), false, false));
    }
    return parts;
  }

  /** With the post that already says it, else any that stands for that part. */
  private static Part part(
      Summary summary, @Nullable JsonNode thread, String bot, String name, String text) {
    Optional<JsonNode> found =
        ours(summary, thread, bot).stream()
            .filter(post -> post.path("props").path(PART).asText().equals(name))
            .min(
                Comparator.<JsonNode, Boolean>comparing(post -> !says(post, text))
                    .thenComparing(post -> post.path("create_at").asLong()));
    return new Part(
        summary,
        name,
        text,
        found.map(post -> post.path("id").asText()).orElse(null),
        found.filter(post -> says(post, text)).isPresent(),
        false);
  }

  private static boolean says(JsonNode post, String text) {
    return post.path("message").asText().equals(text);
  }

  /**
   * Posts for a request that are too many: sent again though they had arrived.
   *
   * @param kept what its answer became; null when it has none of its own
   */
  public List<String> superfluous(
      Summary summary, @Nullable JsonNode thread, String bot, @Nullable List<String> kept) {
    return ours(summary, thread, bot).stream()
        .map(post -> post.path("id").asText())
        .filter(id -> kept == null || !kept.contains(id))
        .toList();
  }

  /** Anybody can write anything into props: only what the bot itself posted is ours. */
  private static List<JsonNode> ours(Summary summary, @Nullable JsonNode thread, String bot) {
    if (thread == null) {
      return List.of();
    }
    return StreamSupport.stream(thread.path("posts").spliterator(), false)
        .filter(post -> post.path("user_id").asText().equals(bot))
        .filter(post -> post.path("props").path(REQUEST).asText().equals(summary.id()))
        .filter(post -> post.path("delete_at").asLong() == 0)
        .toList();
  }

  /** Whether the requester is to be told that the answer is there: an edit notifies nobody. */
  public boolean isMentionDue(Summary summary) {
    Instant finished = summary.finishedAt();
    return summary.state() == SummaryState.FINISHED
        && summary.placeholderId() != null
        && finished != null
        && !mentionAfter.isZero()
        && Duration.between(summary.createdAt(), finished).compareTo(mentionAfter) > 0;
  }

  /**
   * The mention.
   *
   * @param users what Mattermost says of the requester
   */
  public Part mention(Summary summary, JsonNode users) {
    String name = users.findPath("username").asText();
    Made made = summary.made();
    String language = made == null ? summary.language() : made.language();
    String text = Phrases.in(language).mention(name);
    return new Part(summary, MENTION, text, null, false, false);
  }
}
