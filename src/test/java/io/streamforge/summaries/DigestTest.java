package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.Digest.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  @Test
  void answers_are_links_quotes_and_names_at_the_beginning() {
    Digest digest =
        Digest.of(
            Talk.of(
                "alice: переносим релиз на четверг",
                "bob: @alice согласен",
                "carol: > переносим релиз на четверг\nя против",
                "dave: см. https://chat.test/x/pl/" + Talk.post(1),
                "dave: @bob, а ты?",
                "dave: @nobody привет"));
    assertThat(digest.answered())
        .containsExactly(
            new Quote(1, "alice", "переносим релиз на четверг", 3),
            new Quote(2, "bob", "@alice согласен", 1));
  }

  @Test
  void the_posts_with_most_reactions_come_first_and_those_without_do_not_come() {
    List<Message> messages = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      int reactions = number == 3 ? 0 : number;
      messages.add(
          new Message(
              number,
              "",
              "bob",
              number == 8 ? "" : "text",
              Instant.EPOCH,
              List.of("a.txt"),
              reactions));
    }
    Digest digest = Digest.of(new Discussion("", "", messages));
    assertThat(digest.reacted()).extracting(Quote::count).containsExactly(8, 7, 6, 5, 4);
    assertThat(digest.reacted().get(0).text()).isEqualTo("a.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Кто посмотрит?",
        "Точно?!",
        "Shall we? I think so.",
        "вопрос (или два?)",
        "что с `pool`?"
      })
  void what_asks_is_a_question(String line) {
    assertThat(Digest.of(Talk.of("bob: " + line)).questions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://x.test/?a=b", "a ? b : c", "нет", "?"})
  void what_only_has_the_sign_is_none(String line) {
    assertThat(Digest.of(Talk.of("bob: " + line)).questions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Нужно проверить логи",
        "подготовлю план отката",
        "Сделаю правку и тест до среды.",
        "Маша займётся миграцией",
        "дедлайн 14:40",
        "TODO: update the docs",
        "Action items: Carol - add query plan check to CI",
        "I'll check the dashboards",
        "Bob owns the index",
        "postmortem by Wednesday",
        "- [ ] call the customer"
      })
  void what_reads_like_a_task_is_quoted_as_one(String line) {
    assertThat(Digest.of(Talk.of("bob: " + line)).tasks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Спасибо, всё работает", "Index created 14:31", "надолго ли", "mustard", "ок"})
  void what_does_not_is_not(String line) {
    assertThat(Digest.of(Talk.of("bob: " + line)).tasks()).isEmpty();
  }

  @Test
  void each_line_of_a_post_is_looked_at() {
    Digest digest = Digest.of(Talk.of("bob: Итоги:\n- Аня готовит отчёт до пятницы\n- Кто ведёт?"));
    assertThat(digest.tasks())
        .extracting(Quote::text)
        .containsExactly("- Аня готовит отчёт до пятницы");
    assertThat(digest.questions()).extracting(Quote::text).containsExactly("- Кто ведёт?");
  }
}
