package io.streamforge.playground;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A post as the server keeps it. */
final class StoredPost {
  final String id;
  final String userId;
  final String channelId;
  final String rootId;
  final String originalId;
  final String type;
  final long createAt;
  final List<String> fileNames;
  final List<Reaction> reactions = new ArrayList<>();
  String message;
  ObjectNode props;
  List<String> mentions = List.of();
  long updateAt;
  long editAt;
  long deleteAt;

  record Reaction(String userId, String emoji, long createAt) {}

  StoredPost(
      String originalId,
      String userId,
      MattermostDraft draft,
      String type,
      ObjectNode props,
      long createAt) {
    this.id = MattermostIds.next();
    this.originalId = originalId;
    this.userId = userId;
    this.channelId = draft.channelId();
    this.rootId = draft.rootId();
    this.message = draft.message();
    this.fileNames = draft.fileNames();
    this.type = type;
    this.props = props;
    this.createAt = createAt;
    this.updateAt = createAt;
  }

  boolean deleted() {
    return deleteAt > 0;
  }

  boolean system() {
    return type.startsWith("system_");
  }

  /** The root of its thread, which may be itself. */
  String threadId() {
    return rootId.isEmpty() ? id : rootId;
  }

  /** About how many characters it takes. */
  int weight() {
    return 500 + message.length() + props.toString().length();
  }
}
