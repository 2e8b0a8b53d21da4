package io.streamforge.camel.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an answer                                    | an answer
          <think>hm</think>an answer                   | an answer
          <THINK>hm</Think>  an answer                 | an answer
          <think></think><think>hm</think>an answer    | an answer
          <think>hm                                    | ''
          an answer <think>hm                          | an answer
          an <think>hm</think>answer                   | an answer
          hm</think>an answer                          | an answer
          hm</think> hm</think>{"a":"b"}               | {"a":"b"}
          {"a":"<think>b</think>"}                     | {"a":"<think>b</think>"}
          [1, "</think>"]                              | [1, "</think>"]
          <think>{"a":1}</think>{"a":"</think>"}       | {"a":"</think>"}
          <think>hm</think>                            | ''
          ''                                           | ''
          """)
  void the_answer_is_what_remains(String text, String answer) {
    assertThat(Thinking.strip(text)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'\n\n<think>\nhm\n</think>\n\nan answer\n', an answer",
    "'```json\n</think>\n```', '```json\n</think>\n```'"
  })
  void lines_make_no_difference(String text, String answer) {
    assertThat(Thinking.strip(text)).isEqualTo(answer);
  }
}
