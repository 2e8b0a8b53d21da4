package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.mattermost.MattermostAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes requests for summaries out of what people write. */
public final class Requests {
  private final Commands commands;
  private final Permalinks permalinks;
  private final String language;
  private final Duration ttl;
  private final Duration lease;
  private final Clock clock;

  /**
   * @param language ru or en, auto for that of the command
   * @param ttl how long a request is kept
   * @param lease how long a process that is not heard of keeps its requests
   */
  public Requests(
      Commands commands,
      Permalinks permalinks,
      String language,
      Duration ttl,
      Duration lease,
      Clock clock) {
    this.commands = commands;
    this.permalinks = permalinks;
    this.language = language;
    this.ttl = ttl;
    this.lease = lease;
    this.clock = clock;
  }

  /**
   * The request that a post is.
   *
   * @param post as Mattermost tells it
   * @param channelType D in a direct message
   * @return null when it is none: not a command, or not one of a person
   */
  public @Nullable Summary fromPost(
      JsonNode post, @Nullable String channelType, MattermostAccount.Account bot) {
    if (!isOfPerson(post, bot.id())) {
      return null;
    }
    String message = post.path("message").asText();
    boolean direct = "D".equals(channelType);
    Optional<String> linked = direct ? permalinks.post(message) : Optional.empty();
    if (linked.isEmpty() && !commands.isCommand(message, bot.username())) {
      return null;
    }
    String channel = post.path("channel_id").asText();
    String id = post.path("id").asText();
    String root = post.path("root_id").asText();
    ThreadPlace thread =
        linked
            .map(postId -> new ThreadPlace("", postId))
            .orElse(root.isEmpty() ? ThreadPlace.NONE : new ThreadPlace(channel, root));
    return waiting(
        id,
        direct ? Trigger.DIRECT : Trigger.POST,
        thread,
        new ThreadPlace(channel, root.isEmpty() ? id : root),
        post.path("user_id").asText(),
        Commands.isRussian(message),
        Instant.ofEpochMilli(post.path("create_at").asLong()));
  }

  /** Neither the server, nor this bot, nor another one, nor somebody who has taken it back. */
  private static boolean isOfPerson(JsonNode post, String botId) {
    JsonNode props = post.path("props");
    return !post.path("type").asText().startsWith("system_")
        && post.path("delete_at").asLong() == 0
        && !post.path("user_id").asText().equals(botId)
        && !props.path("from_bot").asText().equals("true")
        && !props.path("from_webhook").asText().equals("true");
  }

  /** The request of a slash command that was written in a thread. */
  public Summary fromSlash(String id, ThreadPlace thread, String userId, boolean russian) {
    return waiting(id, Trigger.SLASH, thread, thread, userId, russian, now());
  }

  private Summary waiting(
      String id,
      Trigger trigger,
      ThreadPlace thread,
      ThreadPlace replyTo,
      String requester,
      boolean russian,
      Instant askedAt) {
    return create(
        id, SummaryState.WAITING, trigger, thread, replyTo, requester, russian, askedAt, null);
  }

  /**
   * A request over REST, which this process works on from the start.
   *
   * @param requester the caller's name
   * @param owner this process
   */
  public Summary overRest(
      String id, Trigger trigger, ThreadPlace thread, String requester, String owner) {
    return create(
        id,
        SummaryState.WORKING,
        trigger,
        thread,
        ThreadPlace.NONE,
        requester,
        false,
        now(),
        owner);
  }

  private Summary create(
      String id,
      SummaryState state,
      Trigger trigger,
      ThreadPlace thread,
      ThreadPlace replyTo,
      String requester,
      boolean russian,
      Instant askedAt,
      @Nullable String owner) {
    Instant now = now();
    String spoken = russian ? "ru" : "en";
    return new Summary(
        id,
        1,
        state,
        trigger,
        thread,
        replyTo,
        requester,
        language.equals("auto") ? spoken : language,
        askedAt,
        now,
        owner == null ? null : now,
        null,
        owner == null ? 0 : 1,
        0,
        owner,
        owner == null ? now : now.plus(lease),
        false,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        now.plus(ttl));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
