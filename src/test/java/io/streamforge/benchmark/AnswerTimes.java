package io.streamforge.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.StandInModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What the bot adds to the time of an answer: from the event to the question that the model gets,
 * and from what the model says to the answer that people see. One request at a time.
 */
final class AnswerTimes implements Function<LlmDouble.Question, String> {
  private final StandInModel model = new StandInModel();
  private final LinkedBlockingQueue<Long> answers = new LinkedBlockingQueue<>();
  private final List<Double> toQuestion = new ArrayList<>();
  private final List<Double> toAnswer = new ArrayList<>();
  private volatile long heard;
  private volatile long asked;
  private volatile long said;

  @Override
  public String apply(LlmDouble.Question question) {
    long now = System.nanoTime();
    if (asked < heard) {
      asked = now;
    }
    String answer = model.apply(question);
    said = System.nanoTime();
    return answer;
  }

  /** What somebody in the channel hears. */
  void hear(String event, JsonNode post) {
    long now = System.nanoTime();
    String message = post.path("message").asText();
    if (message.equals("!summary")) {
      heard = now;
    } else if (message.contains("Participants") && event.startsWith("post")) {
      answers.add(now);
    }
  }

  /** Waits for the answer to what was asked last. */
  void await(boolean counts) throws InterruptedException {
    Long answered = answers.poll(60, TimeUnit.SECONDS);
    if (answered == null) {
      throw new IllegalStateException("there is no answer");
    }
    if (counts) {
      toQuestion.add((asked - heard) / 1e6);
      toAnswer.add((answered - said) / 1e6);
    }
  }

  /** In milliseconds. */
  double toQuestion(int percent) {
    return percentile(toQuestion, percent);
  }

  /** In milliseconds. */
  double toAnswer(int percent) {
    return percentile(toAnswer, percent);
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> ordered = values.stream().sorted().toList();
    return ordered.get(Math.min(ordered.size() - 1, ordered.size() * percent / 100));
  }
}
