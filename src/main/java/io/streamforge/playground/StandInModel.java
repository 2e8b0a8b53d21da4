package io.streamforge.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the place of a model: it answers in the form that was asked for, and picks what it says
 * from the words of the question. It understands nothing.
 */
public final class StandInModel implements Function<LlmDouble.Question, String> {
  /** How it is named in answers, so that nobody takes it for a model. */
  public static final String NAME = "playground-stand-in";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 6;
  private static final Pattern TASK =
      Pattern.compile(
          "\\b(I will|I'll|I am going to|let me|сделаю|возьму|подготовлю|напишу|проверю|предупрежу)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern DUE =
      Pattern.compile(
          "\\b(by|on|before|до|к|в)\\s+"
              + "(monday|tuesday|wednesday|thursday|friday|понедельник\\w*|вторник\\w*|сред\\w+"
              + "|четверг\\w*|пятниц\\w+|\\d{1,2}[:.]\\d{2})",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern END =
      Pattern.compile(
          "^(agreed|decided|ok(ay)?,|so |then |решили|договорились|итак|тогда)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private record Line(int post, String user, String text) {}

  @Override
  public String apply(LlmDouble.Question question) {
    String data =
        question.messages().stream()
            .filter(message -> message.role().equals("user"))
            .map(LlmDouble.Message::content)
            .collect(Collectors.joining("\n"));
    ObjectNode answer = JSON.createObjectNode();
    if (question.schema().path("properties").has("key_points")) {
      describe(lines(data), answer);
    } else {
      merge(data, answer);
    }
    return answer.toString();
  }

  private static List<Line> lines(String data) {
    List<Line> lines = new ArrayList<>();
    for (String line : data.split("\n", -1)) {
      JsonNode read = json(line);
      if (read.has("post") && read.has("text")) {
        lines.add(
            new Line(
                read.path("post").asInt(), read.path("user").asText(), read.path("text").asText()));
      }
    }
    return lines;
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException noData) {
      return JSON.missingNode();
    }
  }

  private static void describe(List<Line> lines, ObjectNode answer) {
    words(lines).forEach(answer.putArray("topics")::add);
    var points = answer.putArray("key_points");
    lines.stream()
        .sorted(Comparator.comparingInt(line -> -line.text().length()))
        .limit(MOST)
        .sorted(Comparator.comparingInt(Line::post))
        .forEach(line -> points.addObject().put("text", line.text()).put("post", line.post()));
    var tasks = answer.putArray("tasks");
    lines.stream()
        .filter(line -> TASK.matcher(line.text()).find())
        .limit(MOST)
        .forEach(
            line -> {
              Matcher due = DUE.matcher(line.text());
              tasks
                  .addObject()
                  .put("text", line.text())
                  .put("owner", line.user())
                  .put("due", due.find() ? due.group() : "")
                  .put("post", line.post());
            });
    var conclusions = answer.putArray("conclusions");
    lines.stream()
        .filter(line -> END.matcher(line.text()).find())
        .limit(MOST)
        .forEach(line -> conclusions.add(line.text()));
  }

  /** The longer words that come most often. */
  private static List<String> words(List<Line> lines) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Line line : lines) {
      for (String word : line.text().toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
        if (word.length() > 5) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(3)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void merge(String data, ObjectNode answer) {
    var topics = answer.putArray("topics");
    var conclusions = answer.putArray("conclusions");
    for (String line : data.split("\n", -1)) {
      JsonNode read = json(line);
      read.path("topics").forEach(topics::add);
      read.path("conclusions").forEach(conclusions::add);
    }
  }
}
