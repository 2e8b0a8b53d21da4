package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One round of catching up: which request is next, and which posts its answer brings. All times are
 * the server's own, as its posts and channels carry them.
 *
 * <p>What {@code posts?since} gives is cut off at some 1,000 posts without a sign, and not always
 * at the older end; so many are therefore read by pages.
 */
final class CatchUp {
  /** From so many on, {@code since} may have left some out. */
  static final int SUSPICIOUS = 1000;

  private final MattermostRequests requests;
  private final long since;
  private final long now;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<String> seenChannels = new HashSet<>();
  private final Set<String> seenPosts = new HashSet<>();
  private long newest;
  private int missed;
  private String firstReason = "";

  /** What one request is for. */
  private sealed interface Step {}

  private record Teams() implements Step {}

  private record Channels(String teamId) implements Step {}

  private record Since(String channelId, String type) implements Step {}

  private record Page(String channelId, String type, int number) implements Step {}

  /**
   * @param position up to where was read before; empty on the first start
   * @param now the server's time, about
   * @param longestBack how far back the first round looks
   * @param overlap posts do not become visible in the order of their times: so far before the
   *     position is looked again
   */
  CatchUp(
      MattermostRequests requests,
      OptionalLong position,
      long now,
      Duration longestBack,
      Duration overlap) {
    this.requests = requests;
    this.now = now;
    long from = Math.min(position.orElse(now - longestBack.toMillis()), now);
    this.since = Math.max(1, position.isPresent() ? from - overlap.toMillis() : from);
    this.newest = from;
    steps.add(new Teams());
  }

  boolean unfinished() {
    return !steps.isEmpty();
  }

  /** The next request; the same until its answer is taken. */
  MattermostRequest request() {
    Step step = steps.element();
    if (step instanceof Channels channels) {
      return requests.channels(channels.teamId());
    }
    if (step instanceof Since posts) {
      return requests.postsSince(posts.channelId(), since);
    }
    if (step instanceof Page page) {
      return requests.postsPage(page.channelId(), page.number());
    }
    return requests.teams();
  }

  /** Takes the answer to the request, and returns the posts that are new by it, in their order. */
  List<MissedPost> take(JsonNode answer) {
    Step step = steps.remove();
    if (step instanceof Channels) {
      answer.forEach(this::channel);
      return List.of();
    }
    if (step instanceof Since posts) {
      if (answer.path("posts").size() >= SUSPICIOUS) {
        steps.addFirst(new Page(posts.channelId(), posts.type(), 0));
        return List.of();
      }
      return posts(answer, posts.type());
    }
    if (step instanceof Page page) {
      if (reachesFurther(answer)) {
        steps.addFirst(new Page(page.channelId(), page.type(), page.number() + 1));
      }
      return posts(answer, page.type());
    }
    answer.forEach(team -> steps.add(new Channels(team.path("id").asText())));
    return List.of();
  }

  /** Direct channels are told with every team. */
  private void channel(JsonNode channel) {
    String id = channel.path("id").asText();
    long lastPost = channel.path("last_post_at").asLong();
    if (seenChannels.add(id)) {
      newest = Math.max(newest, lastPost);
      if (lastPost > since) {
        steps.add(new Since(id, channel.path("type").asText("")));
      }
    }
  }

  /** Only what the order names is of this page; the rest are other posts of its threads. */
  private boolean reachesFurther(JsonNode page) {
    JsonNode order = page.path("order");
    return order.size() >= MattermostRequests.PAGE
        && StreamSupport.stream(order.spliterator(), false)
            .allMatch(
                id -> page.path("posts").path(id.asText()).path("create_at").asLong() > since);
  }

  private List<MissedPost> posts(JsonNode answer, String channelType) {
    return StreamSupport.stream(answer.path("posts").spliterator(), false)
        .filter(post -> post.path("create_at").asLong() > since)
        .filter(post -> post.path("delete_at").asLong() == 0)
        .filter(post -> seenPosts.add(post.path("id").asText()))
        .sorted(
            Comparator.comparingLong((JsonNode post) -> post.path("create_at").asLong())
                .thenComparing(post -> post.path("id").asText()))
        .map(post -> new MissedPost(post, channelType))
        .toList();
  }

  /** A post was not taken in. */
  void missed(MissedPost post, Throwable reason) {
    if (missed++ == 0) {
      firstReason = post.id() + ": " + reason.getMessage();
    }
  }

  /**
   * Up to where is read now. A post of the future, which administrators can write, does not count.
   *
   * @throws IllegalStateException when posts were not taken in, and have to be found again
   */
  long position() {
    if (missed > 0) {
      throw new IllegalStateException(
          missed + " posts were found and not taken in, the first of them " + firstReason);
    }
    return Math.min(newest, now);
  }
}
