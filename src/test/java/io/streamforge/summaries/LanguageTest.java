package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LanguageTest {
  @Test
  void the_letters_of_the_thread_decide() {
    assertThat(Language.of("auto", Talk.of("a: Привет, как дела?"))).isEqualTo(Language.RU);
    assertThat(Language.of("auto", Talk.of("a: Hello there"))).isEqualTo(Language.EN);
    assertThat(Language.of("auto", Talk.of("a: 123 !?"))).isEqualTo(Language.EN);
    assertThat(
            Language.of(
                "auto",
                Talk.of(
                    "a: запрос SELECT * FROM discounts тормозит",
                    "b: добавлю индекс CONCURRENTLY")))
        .isEqualTo(Language.RU);
    assertThat(
            Language.of(
                "auto", Talk.of("a: Production alert: latency is up", "b: Rolling back", "c: да")))
        .isEqualTo(Language.EN);
  }

  @Test
  void a_pasted_log_does_not_outvote_what_is_said() {
    String log = "at org.apache.camel.impl.engine.Controller.start(Controller.java)\n".repeat(200);
    assertThat(
            Language.of(
                "auto",
                Talk.of(
                    "a: Коллеги, вот журнал, посмотрите, пожалуйста, что сломалось",
                    "a: " + log,
                    "b: Похоже, не открывается соединение с базой, завтра исправлю настройку пула",
                    "b: и добавлю проверку")))
        .isEqualTo(Language.RU);
  }

  @Test
  void a_setting_decides_before_the_thread() {
    assertThat(Language.of("en", Talk.of("a: Привет"))).isEqualTo(Language.EN);
    assertThat(Language.of("ru", Talk.of("a: Hello"))).isEqualTo(Language.RU);
    assertThatThrownBy(() -> Language.of("de", Talk.of("a: Hallo")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
