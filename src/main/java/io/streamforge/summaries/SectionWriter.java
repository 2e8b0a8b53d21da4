package io.streamforge.summaries;

import io.streamforge.summaries.Digest.Quote;
import io.streamforge.summaries.Findings.Point;
import io.streamforge.summaries.Findings.Task;
import io.streamforge.summaries.Participants.Participant;
import io.streamforge.summaries.Section.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes the lines of the sections, each of them harmless and of bounded length. */
final class SectionWriter {
  private static final int MOST_PARTICIPANTS = 100;
  private static final int MOST_TEXTS = 25;
  private static final int MOST_ITEMS = 120;
  private static final int MOST_QUOTES = 40;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_DUE = 80;
  private static final int LONGEST_QUOTE = 240;

  private final Discussion discussion;
  private final Links links;
  private final AnswerWords words;
  private final SafeText safe;

  SectionWriter(Discussion discussion, Links links, AnswerWords words) {
    this.discussion = discussion;
    this.links = links;
    this.words = words;
    this.safe = new SafeText(discussion, words.linkRemoved());
  }

  /** The lines of a section, none when it has nothing to say. */
  List<String> lines(Kind kind, Summarised.Content content) {
    if (kind == Kind.PARTICIPANTS) {
      return participants();
    }
    if (content instanceof Findings findings) {
      return lines(kind, findings);
    }
    return lines(kind, (Digest) content);
  }

  private List<String> lines(Kind kind, Findings findings) {
    return switch (kind) {
      case PARTICIPANTS -> participants();
      case TOPICS -> items(findings.topics(), MOST_TEXTS, this::text);
      case POINTS -> items(findings.points(), MOST_ITEMS, this::point);
      case TASKS -> items(findings.tasks(), MOST_ITEMS, this::task);
      case CONCLUSIONS -> items(findings.conclusions(), MOST_TEXTS, this::text);
    };
  }

  private List<String> lines(Kind kind, Digest digest) {
    return switch (kind) {
      case PARTICIPANTS -> participants();
      case TOPICS, CONCLUSIONS -> List.of(words.notWithoutModel(kind));
      case POINTS -> {
        List<String> lines = new ArrayList<>();
        addQuotes(lines, words.answered(), digest.answered());
        addQuotes(lines, words.reacted(), digest.reacted());
        addQuotes(lines, words.questions(), digest.questions());
        yield lines;
      }
      case TASKS -> items(digest.tasks(), MOST_QUOTES, this::quote);
    };
  }

  private List<String> participants() {
    List<Participant> all = Participants.of(discussion);
    List<String> names = new ArrayList<>();
    for (Participant one : all.subList(0, Math.min(all.size(), MOST_PARTICIPANTS))) {
      names.add(SafeText.code(one.name()) + " (" + one.messages() + ")");
    }
    if (all.size() > MOST_PARTICIPANTS) {
      names.add(words.more(all.size() - MOST_PARTICIPANTS));
    }
    return names.isEmpty() ? List.of() : List.of(String.join(", ", names));
  }

  private void addQuotes(List<String> lines, String title, List<Quote> quotes) {
    if (!quotes.isEmpty()) {
      lines.add("- " + title);
      items(quotes, MOST_QUOTES, this::quote).forEach(line -> lines.add("  " + line));
    }
  }

  private <T> List<String> items(List<T> items, int most, Function<T, Optional<String>> writer) {
    List<String> lines = new ArrayList<>();
    for (T item : items.subList(0, Math.min(items.size(), most))) {
      writer.apply(item).ifPresent(line -> lines.add("- " + line));
    }
    if (items.size() > most) {
      lines.add("- " + words.more(items.size() - most));
    }
    return lines;
  }

  private Optional<String> text(String text) {
    return Optional.of(safe.of(text, LONGEST_TEXT)).filter(line -> !line.isEmpty());
  }

  private Optional<String> point(Point point) {
    return text(point.text()).map(line -> line + link(point.message()));
  }

  private Optional<String> task(Task task) {
    String owner =
        task.owner().isEmpty() ? words.noOwner() : words.owner(SafeText.code(task.owner()));
    String due = safe.of(task.due(), LONGEST_DUE);
    String terms = due.isEmpty() ? owner : owner + ", " + words.due(due);
    return text(task.text()).map(line -> line + " — " + terms + link(task.message()));
  }

  private Optional<String> quote(Quote quote) {
    String line = safe.of(quote.text(), LONGEST_QUOTE);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String count = quote.count() > 0 ? " (" + quote.count() + ")" : "";
    return Optional.of(SafeText.code(quote.author()) + ": " + line + count + link(quote.message()));
  }

  private String link(int message) {
    return links
        .to(discussion.messages().get(message - 1))
        .map(url -> " [↗](" + url + ")")
        .orElse("");
  }
}
