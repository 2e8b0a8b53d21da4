package io.streamforge.camel.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  private static String form(String text) {
    return MediaType.FORM.read(text.getBytes(UTF_8)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "token=abc&text=a+b%20c|{\"token\":\"abc\",\"text\":\"a b c\"}",
        "text=%D1%81%D0%B0%D0%BC%D0%BC%D0%B0%D1%80%D0%B8|{\"text\":\"саммари\"}",
        "command=%2Fsummary&text=|{\"command\":\"/summary\",\"text\":\"\"}",
        "a=1;b=2|{\"a\":\"1;b=2\"}",
        "a=x=y|{\"a\":\"x=y\"}",
        "name|{\"name\":\"\"}",
        "m=a&m=b&n=c|{\"m\":[\"a\",\"b\"],\"n\":\"c\"}",
        "a.b=1&%5B0%5D=2|{\"a.b\":\"1\",\"[0]\":\"2\"}",
      })
  void a_form_becomes_an_object_of_texts(String form, String json) {
    assertThat(form(form)).isEqualTo(json);
  }

  @Test
  void a_thousand_fields_are_taken_and_one_more_is_not_however_they_are_called() {
    assertThat(form("a=1&".repeat(999) + "b=2")).endsWith("\"b\":\"2\"}");
    for (String names : new String[] {"a=1&".repeat(1001), many(1001)}) {
      assertThatThrownBy(() -> form(names))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
          .hasMessage("The form has more than 1000 fields");
    }
  }

  private static String many(int count) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < count; i++) {
      form.append("f").append(i).append("=1&");
    }
    return form.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=1"})
  void what_cannot_be_decoded_is_refused(String form) {
    assertThatThrownBy(() -> form(form))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
        .hasMessageContaining("%25");
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    assertThatThrownBy(() -> MediaType.FORM.read(new byte[] {'a', '=', (byte) 0xff}))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, true",
    "Application/X-WWW-Form-Urlencoded; charset=utf-8, true",
    "application/json, false",
    "application/x-www-form-urlencodedx, false",
    ", false",
  })
  void a_header_names_it_whatever_follows(String header, boolean named) {
    assertThat(MediaType.FORM.isNamedBy(header)).isEqualTo(named);
  }
}
