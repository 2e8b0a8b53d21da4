package io.streamforge.playground;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The three lists of posts, with what is odd about them. */
final class MattermostLists {
  /** The server returns about so many and does not say that there are more. */
  static final int SINCE_CAP = 1000;

  private static final Comparator<StoredPost> NEWEST_FIRST =
      comparing((StoredPost post) -> post.createAt).reversed();

  private final MattermostData data;
  private final MattermostJson json;

  MattermostLists(MattermostData data, MattermostJson json) {
    this.data = data;
    this.json = json;
  }

  /**
   * The order names only what was asked for in 5.0; later ones name it first and again, and are in
   * no order at all.
   */
  ObjectNode thread(StoredPost asked) {
    List<StoredPost> thread = data.thread(asked.threadId());
    List<String> order = new ArrayList<>(List.of(asked.id));
    if (data.version != MattermostVersion.V5_0) {
      thread.stream().map(post -> post.id).sorted().forEach(order::add);
    }
    Map<String, StoredPost> byId = new LinkedHashMap<>();
    thread.stream().sorted(comparing(post -> post.id)).forEach(post -> byId.put(post.id, post));
    return json.posts(order, byId.values(), data.replies(asked.threadId()));
  }

  /** One page, newest first; the posts of their threads come along, outside of the order. */
  ObjectNode page(String channelId, int page, int size) {
    List<StoredPost> all =
        data.channelPosts(channelId).stream()
            .filter(post -> !post.deleted())
            .sorted(NEWEST_FIRST)
            .toList();
    int from = (int) Math.min((long) page * size, all.size());
    List<StoredPost> chosen = all.subList(from, Math.min(from + size, all.size()));
    Set<StoredPost> posts = new HashSet<>(chosen);
    chosen.stream()
        .filter(post -> !post.rootId.isEmpty())
        .map(post -> post.rootId)
        .distinct()
        .forEach(root -> posts.addAll(data.thread(root)));
    return json.posts(ids(chosen), posts, 0);
  }

  /**
   * What has changed since, deleted posts and the old texts of edited ones included, and the roots
   * of answers. Of too many, which ones are left out depends on the version.
   */
  ObjectNode since(String channelId, long since) {
    List<StoredPost> changed =
        data.channelPosts(channelId).stream()
            .filter(post -> post.updateAt > since)
            .sorted(NEWEST_FIRST)
            .toList();
    Set<StoredPost> posts = new HashSet<>(capped(changed));
    List.copyOf(posts).stream()
        .map(post -> data.find(post.rootId))
        .forEach(root -> root.filter(one -> !one.deleted()).ifPresent(posts::add));
    List<StoredPost> sorted = posts.stream().sorted(NEWEST_FIRST).toList();
    return json.posts(ids(sorted), sorted, 0);
  }

  private List<StoredPost> capped(List<StoredPost> changed) {
    int size = changed.size();
    if (size <= SINCE_CAP) {
      return changed;
    }
    if (data.version != MattermostVersion.V6_7) {
      return changed.subList(size - SINCE_CAP, size);
    }
    List<StoredPost> both = new ArrayList<>(changed.subList(0, SINCE_CAP / 2));
    both.addAll(changed.subList(size - SINCE_CAP / 2, size));
    return both;
  }

  private static List<String> ids(Collection<StoredPost> posts) {
    return posts.stream().map(post -> post.id).toList();
  }
}
