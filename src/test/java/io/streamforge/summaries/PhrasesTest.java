package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PhrasesTest {
  private static final Pattern VALUE = Pattern.compile("\\{[0-9]}");

  @Test
  void everything_is_said_in_both_languages_with_the_same_values() throws IOException {
    Properties english = read("en");
    Properties russian = read("ru");
    assertThat(russian.keySet()).isEqualTo(english.keySet());
    assertThat(english.stringPropertyNames())
        .allSatisfy(
            key ->
                assertThat(values(russian.getProperty(key)))
                    .as(key)
                    .containsExactlyInAnyOrder(values(english.getProperty(key))));
  }

  @Test
  void values_stand_where_they_belong_and_numbers_are_written_as_people_do() {
    assertThat(Phrases.in("en").progress(1200, 3, 9))
        .isEqualTo("⏳ Reading 1,200 messages… 3 of 9 parts done");
    assertThat(Phrases.in("ru").progress(12, 3, 9))
        .isEqualTo("⏳ Читаю обсуждение, сообщений: 12… готово частей: 3 из 9");
  }

  private static String[] values(String text) {
    return VALUE.matcher(text).results().map(found -> found.group()).toArray(String[]::new);
  }

  private static Properties read(String language) throws IOException {
    Properties phrases = new Properties();
    try (var in =
        Phrases.class.getResourceAsStream("/summaries/phrases_" + language + ".properties")) {
      phrases.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return phrases;
  }
}
