package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is summarised: everything that counts of a thread, or messages that were pasted.
 *
 * @param rootId the id of the thread's first post; empty when the messages were pasted
 * @param channelId the channel of the thread; empty when the messages were pasted
 * @param messages in the order in which they were said, numbered from 1 without gaps
 */
public record Discussion(String rootId, String channelId, List<Message> messages) {
  public Discussion {
    requireNonNull(rootId, "rootId is null");
    requireNonNull(channelId, "channelId is null");
    messages = List.copyOf(messages);
    for (int at = 0; at < messages.size(); at++) {
      if (messages.get(at).number() != at + 1) {
        throw new IllegalArgumentException("message " + (at + 1) + " has another number");
      }
    }
  }
}
