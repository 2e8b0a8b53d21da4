package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a post says: its message, and its message attachments, in which integrations say most of
 * what they say.
 */
final class PostText {
  private PostText() {}

  static String of(JsonNode post) {
    List<String> texts = new ArrayList<>();
    add(texts, post.path("message"));
    for (JsonNode attachment : post.path("props").path("attachments")) {
      int before = texts.size();
      add(texts, attachment.path("pretext"));
      add(texts, attachment.path("title"));
      add(texts, attachment.path("text"));
      for (JsonNode field : attachment.path("fields")) {
        add(texts, field.path("title"));
        add(texts, field.path("value"));
      }
      if (texts.size() == before) {
        add(texts, attachment.path("fallback"));
      }
    }
    return String.join("\n", texts);
  }

  private static void add(List<String> texts, JsonNode text) {
    if (text.isValueNode() && !text.isNull() && !text.asText().isBlank()) {
      texts.add(text.asText());
    }
  }
}
