package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.kafka.BuriedLetter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters as clients may see them: masked, and no longer than somebody reads. */
final class LetterView {
  static final int LONGEST_VALUE = 4096;
  private static final int LONGEST_TEXT = 1024;

  private final Masking masking;

  LetterView(Masking masking) {
    this.masking = requireNonNull(masking, "masking is null");
  }

  /** A letter without the mark on it. */
  ObjectNode of(BuriedLetter letter) {
    ObjectNode view = QueueJson.MAPPER.createObjectNode();
    view.put("id", letter.id());
    view.put("topic", letter.record().topic());
    view.put("partition", letter.record().partition());
    view.put("offset", letter.record().offset());
    view.put("at", letter.at().toString());
    letter
        .source()
        .ifPresentOrElse(
            topic ->
                view.putObject("source")
                    .put("topic", topic)
                    .put("partition", letter.sourcePartition().orElse(null))
                    .put("offset", letter.sourceOffset().orElse(null)),
            () -> view.putNull("source"));
    view.put("error", letter.error().map(error -> shown(error, LONGEST_TEXT)).orElse(null));
    view.put("attempts", letter.attempts().orElse(null));
    view.put("key", shown(letter.record().key(), LONGEST_TEXT));
    byte[] value = letter.record().value();
    String text = text(value);
    view.put("value", text == null ? null : cut(text, LONGEST_VALUE));
    Long length = value == null ? null : letter.lengthBeforeCut().orElse((long) value.length);
    view.put("value_bytes", length);
    boolean whole = letter.lengthBeforeCut().isEmpty();
    view.put("value_cut", text != null && (!whole || text.length() > LONGEST_VALUE));
    view.put("resendable", whole && letter.source().isPresent());
    view.put("resent_from", letter.firstPlace().orElse(null));
    return view;
  }

  /** That a letter was sent again. */
  static void mark(ObjectNode view, Optional<LetterMark> mark) {
    mark.ifPresentOrElse(
        sent -> view.putObject("resent").put("at", sent.at().toString()).put("by", sent.by()),
        () -> view.putNull("resent"));
  }

  private @Nullable String shown(byte @Nullable [] bytes, int longest) {
    String text = text(bytes);
    return text == null ? null : cut(text, longest);
  }

  private String shown(String text, int longest) {
    return cut(masking.mask(text), longest);
  }

  /** Masked as a whole: of a text that was cut before, a part of a secret could be left. */
  private @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : masking.mask(new String(bytes, UTF_8));
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }
}
