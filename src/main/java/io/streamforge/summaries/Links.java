package io.streamforge.summaries;

import java.util.Optional;

/**
 * Permalinks to posts; a form that needs no name of a team, as Mattermost's own plugins write it.
 *
 * @param mattermostUrl the address of the server, with its sub-path if it has one; empty when there
 *     is nothing to link to
 */
public record Links(String mattermostUrl) {
  public Links {
    mattermostUrl = mattermostUrl.replaceAll("/+$", "");
  }

  /** For messages that are posts nowhere. */
  public static Links none() {
    return new Links("");
  }

  /** Where a message can be seen; nothing for one that was pasted, or with a strange id. */
  public Optional<String> to(Message message) {
    if (mattermostUrl.isEmpty() || !message.postId().matches("[a-z0-9]{26}")) {
      return Optional.empty();
    }
    return Optional.of(mattermostUrl + "/_redirect/pl/" + message.postId());
  }
}
