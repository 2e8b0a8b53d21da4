package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streamforge.summaries.Findings.Point;
import io.streamforge.summaries.Findings.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Checks what a model answered. A point or a task that names a message which it was not shown is
 * dropped; so is an owner who did not take part. Nothing is believed to be short.
 */
final class FindingsReader {
  private static final int LONGEST_TEXT = 600;
  private static final int LONGEST_DUE = 80;
  private static final int MOST_TEXTS = 15;
  private static final int MOST_ITEMS = 60;

  private final Map<String, String> participants;
  private final IntPredicate shown;

  /**
   * For the answer about one chunk.
   *
   * @param participants the names of those who took part, by their lower-case forms
   * @param shown which messages the model was shown
   */
  FindingsReader(Map<String, String> participants, IntPredicate shown) {
    this.participants = participants;
    this.shown = shown;
  }

  /**
   * Checks an answer.
   *
   * @param cutOff whether the answer ended because it had become too long
   */
  ModelReply read(String answer, boolean cutOff) {
    Optional<JsonNode> whole = EmbeddedJson.find(answer, FindingsReader::isAnswer);
    if (whole.isPresent()) {
      Findings findings = findings(whole.get());
      return new ModelReply(findings, problem(whole.get(), findings));
    }
    if (!cutOff) {
      return new ModelReply(findings(MissingNode.getInstance()), "no JSON");
    }
    JsonNode begun =
        EmbeddedJson.findBegun(answer, FindingsReader::isAnswer).orElse(MissingNode.getInstance());
    return new ModelReply(findings(begun), "it was too long; say the same in half as many words");
  }

  private Findings findings(JsonNode json) {
    return new Findings(
        texts(json.path(FindingsSchema.TOPICS)),
        points(json.path(FindingsSchema.POINTS)),
        tasks(json.path(FindingsSchema.TASKS)),
        texts(json.path(FindingsSchema.CONCLUSIONS)));
  }

  private static boolean isAnswer(JsonNode json) {
    return names().anyMatch(json::has);
  }

  private static Stream<String> names() {
    return Stream.of(
        FindingsSchema.TOPICS,
        FindingsSchema.POINTS,
        FindingsSchema.TASKS,
        FindingsSchema.CONCLUSIONS);
  }

  private static String problem(JsonNode json, Findings findings) {
    Optional<String> noList =
        names().filter(name -> json.has(name) && !json.get(name).isArray()).findFirst();
    if (noList.isPresent()) {
      return "\"" + noList.get() + "\" is no list";
    }
    if (findings.points().isEmpty() && !json.path(FindingsSchema.POINTS).isEmpty()) {
      return "no key point has a text and the number of a post of this discussion";
    }
    if (findings.tasks().isEmpty() && !json.path(FindingsSchema.TASKS).isEmpty()) {
      return "no task has a text and the number of a post of this discussion";
    }
    return new ModelReply(findings, "").saysSomething() ? "" : "it says nothing";
  }

  private static List<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode text : list) {
      String plain = plain(text);
      if (!plain.isEmpty() && texts.size() < MOST_TEXTS) {
        texts.add(plain);
      }
    }
    return List.copyOf(texts);
  }

  private static String plain(JsonNode text) {
    return text.isTextual() ? PlainText.of(text.asText(), LONGEST_TEXT) : "";
  }

  private List<Point> points(JsonNode list) {
    Set<Point> points = new LinkedHashSet<>();
    for (JsonNode item : list) {
      String text = plain(item.path(FindingsSchema.TEXT));
      int message = message(item);
      if (!text.isEmpty() && message > 0 && points.size() < MOST_ITEMS) {
        points.add(new Point(text, message));
      }
    }
    return List.copyOf(points);
  }

  private List<Task> tasks(JsonNode list) {
    Set<Task> tasks = new LinkedHashSet<>();
    for (JsonNode item : list) {
      String text = plain(item.path(FindingsSchema.TEXT));
      int message = message(item);
      if (!text.isEmpty() && message > 0 && tasks.size() < MOST_ITEMS) {
        String due = PlainText.of(item.path(FindingsSchema.DUE).asText(), LONGEST_DUE);
        tasks.add(new Task(text, owner(item), due.equals("null") ? "" : due, message));
      }
    }
    return List.copyOf(tasks);
  }

  /** The number of a message that was shown, else 0; models write numbers as texts too. */
  private int message(JsonNode item) {
    String number = item.path(FindingsSchema.POST).asText().strip();
    if (!number.matches("#?\\d{1,6}")) {
      return 0;
    }
    int message = Integer.parseInt(number.replace("#", ""));
    return message > 0 && shown.test(message) ? message : 0;
  }

  private String owner(JsonNode item) {
    String owner = AuthorNames.plain(item.path(FindingsSchema.OWNER).asText());
    return participants.getOrDefault(owner.toLowerCase(Locale.ROOT), "");
  }

  /**
   * What is made of an answer that is no JSON even when asked again: its lines, as conclusions. It
   * is a model's free text: nothing in it can be checked.
   */
  static Findings plainText(String answer) {
    List<String> lines = new ArrayList<>();
    for (String line : answer.lines().limit(1000).toList()) {
      String plain = PlainText.of(line, LONGEST_TEXT);
      boolean isJson = plain.matches("[\\[\\]{}\",`].*|.*[\\[{,]");
      if (!isJson
          && plain.codePoints().anyMatch(Character::isLetter)
          && lines.size() < MOST_TEXTS) {
        lines.add(plain);
      }
    }
    return new Findings(List.of(), List.of(), List.of(), lines);
  }
}
