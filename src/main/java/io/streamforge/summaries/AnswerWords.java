package io.streamforge.summaries;

import io.streamforge.summaries.Coverage.Gap;
import io.streamforge.summaries.Section.Kind;

/** The words of an answer in one language. */
enum AnswerWords {
  RU {
    @Override
    String heading(Kind kind) {
      return switch (kind) {
        case PARTICIPANTS -> "👥 Участники обсуждения";
        case TOPICS -> "💬 Основные темы";
        case POINTS -> "📋 Ключевые моменты";
        case TASKS -> "✅ Задачи и действия";
        case CONCLUSIONS -> "🎯 Выводы и итоги";
      };
    }

    @Override
    String nothing(Kind kind) {
      return switch (kind) {
        case PARTICIPANTS -> "Участников нет.";
        case TOPICS -> "Темы не названы.";
        case POINTS -> "Ключевых моментов не найдено.";
        case TASKS -> "Задач не найдено.";
        case CONCLUSIONS -> "Выводов в обсуждении нет.";
      };
    }

    @Override
    String notWithoutModel(Kind kind) {
      return kind == Kind.TOPICS
          ? "Темы без модели не определяются."
          : "Выводы без модели не делаются.";
    }

    @Override
    String more(int count) {
      return "… и ещё " + count;
    }

    @Override
    String owner(String name) {
      return "ответственный: " + name;
    }

    @Override
    String noOwner() {
      return "ответственный не назван";
    }

    @Override
    String due(String due) {
      return "срок: " + due;
    }

    @Override
    String coverage(Coverage coverage) {
      return coverage.covered() + " из " + coverage.total() + " сообщений";
    }

    @Override
    String gap(Gap gap, String links) {
      String which =
          gap.first() == gap.last()
              ? "Сообщение " + gap.first() + links + " не учтено"
              : "Сообщения " + gap.first() + "–" + gap.last() + links + " не учтены";
      return "⚠️ " + which + ": модель о них не ответила.";
    }

    @Override
    String digest() {
      return "ℹ️ Модель не спрашивали: сообщения только посчитаны и процитированы.";
    }

    @Override
    String model(String model) {
      return "модель " + model;
    }

    @Override
    String answered() {
      return "Больше всего ответов:";
    }

    @Override
    String reacted() {
      return "Больше всего реакций:";
    }

    @Override
    String questions() {
      return "Вопросы:";
    }

    @Override
    String linkRemoved() {
      return "(ссылка удалена)";
    }
  },

  EN {
    @Override
    String heading(Kind kind) {
      return switch (kind) {
        case PARTICIPANTS -> "👥 Participants";
        case TOPICS -> "💬 Main topics";
        case POINTS -> "📋 Key points";
        case TASKS -> "✅ Tasks and actions";
        case CONCLUSIONS -> "🎯 Conclusions";
      };
    }

    @Override
    String nothing(Kind kind) {
      return switch (kind) {
        case PARTICIPANTS -> "There are no participants.";
        case TOPICS -> "No topics were named.";
        case POINTS -> "No key points were found.";
        case TASKS -> "No tasks were found.";
        case CONCLUSIONS -> "The discussion came to no conclusion.";
      };
    }

    @Override
    String notWithoutModel(Kind kind) {
      return kind == Kind.TOPICS
          ? "Without a model no topics are claimed."
          : "Without a model no conclusions are drawn.";
    }

    @Override
    String more(int count) {
      return "… and " + count + " more";
    }

    @Override
    String owner(String name) {
      return "owner: " + name;
    }

    @Override
    String noOwner() {
      return "no owner named";
    }

    @Override
    String due(String due) {
      return "due: " + due;
    }

    @Override
    String coverage(Coverage coverage) {
      return coverage.covered() + " of " + coverage.total() + " messages";
    }

    @Override
    String gap(Gap gap, String links) {
      String which =
          gap.first() == gap.last()
              ? "Message " + gap.first() + links + " is"
              : "Messages " + gap.first() + "–" + gap.last() + links + " are";
      return "⚠️ " + which + " not covered: the model gave no answer about them.";
    }

    @Override
    String digest() {
      return "ℹ️ No model was asked: messages are only counted and quoted.";
    }

    @Override
    String model(String model) {
      return "model " + model;
    }

    @Override
    String answered() {
      return "Most answers:";
    }

    @Override
    String reacted() {
      return "Most reactions:";
    }

    @Override
    String questions() {
      return "Questions:";
    }

    @Override
    String linkRemoved() {
      return "(link removed)";
    }
  };

  static AnswerWords of(Language language) {
    return switch (language) {
      case RU -> RU;
      case EN -> EN;
    };
  }

  abstract String heading(Kind kind);

  abstract String nothing(Kind kind);

  /** Of topics and conclusions, which a digest does not claim to know. */
  abstract String notWithoutModel(Kind kind);

  abstract String more(int count);

  abstract String owner(String name);

  abstract String noOwner();

  abstract String due(String due);

  abstract String coverage(Coverage coverage);

  abstract String gap(Gap gap, String links);

  abstract String digest();

  abstract String model(String model);

  abstract String answered();

  abstract String reacted();

  abstract String questions();

  abstract String linkRemoved();
}
