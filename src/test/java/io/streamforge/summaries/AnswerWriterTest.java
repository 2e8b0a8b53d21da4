package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.Coverage.Gap;
import io.streamforge.summaries.Findings.Point;
import io.streamforge.summaries.Findings.Task;
import io.streamforge.summaries.Summarised.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
  private static final Links LINKS = new Links("https://chat.example.test/mm/");
  private static final Instant AT = Instant.parse("2026-03-14T10:15:30Z");
  private static final Findings FINDINGS =
      new Findings(
          List.of("индекс"),
          List.of(new Point("пул забит", 1)),
          List.of(new Task("создать индекс", "bob", "14:40", 2), new Task("проверить", "", "", 1)),
          List.of());
  private final Discussion discussion =
      Talk.of("alice: пул забит, что делать?", "bob: создам индекс до 14:40", "alice: спасибо");
  private final AnswerWriter writer = new AnswerWriter();

  private static Summarised summarised(
      Summarised.Content content, Coverage coverage, Language language) {
    return new Summarised(content, coverage, Tokens.NONE, "qwen3:8b", "1-abc", language, AT);
  }

  private static Coverage whole(int messages) {
    return new Coverage(messages, messages, List.of());
  }

  @Test
  void the_answer_has_five_sections_with_permalinks_and_says_what_it_covers() {
    assertThat(writer.parts(discussion, summarised(FINDINGS, whole(3), Language.RU), LINKS))
        .containsExactly(
            """
            #### 👥 Участники обсуждения
            `alice` (2), `bob` (1)

            #### 💬 Основные темы
            - индекс

            #### 📋 Ключевые моменты
            - пул забит [↗](https://chat.example.test/mm/_redirect/pl/00000000000000000000000001)

            #### ✅ Задачи и действия
            - создать индекс — ответственный: `bob`, срок: 14:40 [↗](https://chat.example.test/mm/_redirect/pl/00000000000000000000000002)
            - проверить — ответственный не назван [↗](https://chat.example.test/mm/_redirect/pl/00000000000000000000000001)

            #### 🎯 Выводы и итоги
            Выводов в обсуждении нет.

            3 из 3 сообщений · модель `qwen3:8b` · 2026-03-14 10:15 UTC""");
  }

  @Test
  void headings_are_in_the_language_of_the_answer() {
    Summarised english = summarised(FINDINGS, whole(3), Language.EN);
    assertThat(writer.sections(discussion, english, LINKS))
        .extracting(Section::heading)
        .containsExactly(
            "👥 Participants",
            "💬 Main topics",
            "📋 Key points",
            "✅ Tasks and actions",
            "🎯 Conclusions");
    assertThat(writer.parts(discussion, english, LINKS).get(0))
        .contains("3 of 3 messages · model `qwen3:8b`");
  }

  @Test
  void what_is_not_covered_is_said_before_everything_else() {
    Coverage coverage = new Coverage(1, 3, List.of(new Gap(2, 3)));
    assertThat(writer.parts(discussion, summarised(FINDINGS, coverage, Language.EN), LINKS).get(0))
        .startsWith(
            "⚠️ Messages 2–3 [↗](https://chat.example.test/mm/_redirect/pl/00000000000000000000000002)"
                + " are not covered: the model gave no answer about them.\n\n####")
        .contains("1 of 3 messages");
  }

  @Test
  void a_digest_says_first_that_no_model_was_asked_and_claims_nothing() {
    Summarised digest = summarised(Digest.of(discussion), whole(3), Language.RU);
    String answer = writer.parts(discussion, digest, LINKS).get(0);
    assertThat(answer)
        .startsWith("ℹ️ Модель не спрашивали")
        .contains("#### 💬 Основные темы\nТемы без модели не определяются.")
        .contains("#### 🎯 Выводы и итоги\nВыводы без модели не делаются.")
        .contains("  - `alice`: пул забит, что делать? [↗](")
        .contains("- `bob`: создам индекс до 14:40 [↗](")
        .doesNotContain("qwen3");
  }

  @Test
  void pasted_messages_have_no_links() {
    Summarised summarised = summarised(FINDINGS, whole(3), Language.EN);
    assertThat(writer.parts(discussion, summarised, Links.none()).get(0)).doesNotContain("](");
  }

  @Test
  void a_long_answer_is_cut_into_numbered_posts_and_says_what_it_leaves_out() {
    Discussion talk = Talk.many(300, "x");
    List<Point> points =
        IntStream.rangeClosed(1, 300).mapToObj(at -> new Point("слово ".repeat(80), at)).toList();
    Findings findings = new Findings(List.of("t"), points, List.of(), List.of("c"));
    List<String> parts = writer.parts(talk, summarised(findings, whole(300), Language.RU), LINKS);
    assertThat(parts).hasSizeBetween(4, 6);
    assertThat(parts.get(0)).startsWith("(1/" + parts.size() + ")\n\n#### 👥");
    assertThat(String.join("\n", parts)).contains("- … и ещё 180").contains("🎯 Выводы и итоги");
    assertThat(parts)
        .allMatch(part -> part.codePointCount(0, part.length()) <= AnswerWriter.LONGEST_POST);
  }
}
