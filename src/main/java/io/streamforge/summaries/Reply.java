package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What is said to a request.
 *
 * @param parts Markdown, each fit for one post; at least one, none of them blank
 */
public record Reply(Kind kind, List<String> parts) {

  /** What kind of answer that is. */
  public enum Kind {
    /** A summary that was made for it. */
    SUMMARY(SummaryState.FINISHED),
    /** The summary that was made for an earlier request, since nothing was said after it. */
    KEPT(SummaryState.FINISHED),
    /** How to ask. */
    HINT(SummaryState.HINTED),
    /** Why there is none. */
    REFUSAL(SummaryState.REFUSED),
    /** That it could not be made. */
    APOLOGY(SummaryState.FAILED);

    private final SummaryState end;

    Kind(SummaryState end) {
      this.end = end;
    }

    /** The state of a request that was answered so. */
    public SummaryState end() {
      return end;
    }

    /** The word in documents. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Reply {
    requireNonNull(kind, "kind is null");
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a reply says something in each of its parts");
    }
  }

  /** A reply of one part. */
  public Reply(Kind kind, String text) {
    this(kind, List.of(text));
  }
}
