package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastedReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Discussion read(String messages) throws JsonProcessingException {
    return new PastedReader().read(JSON.readTree(messages));
  }

  @Test
  void messages_are_read_in_the_order_in_which_they_come() throws Exception {
    Discussion discussion =
        read(
            "[{\"user\":\"@anna\",\"text\":\"Привет\",\"at\":\"2026-03-14T12:00:00+03:00\"},{\"user\":\"bob\",\"text\":\"\"}]");
    assertThat(discussion.rootId()).isEmpty();
    assertThat(discussion.messages()).extracting(Message::author).containsExactly("anna", "bob");
    assertThat(discussion.messages().get(0).at()).isEqualTo(Instant.parse("2026-03-14T09:00:00Z"));
    assertThat(MessageLine.isTimed(discussion.messages().get(1))).isFalse();
    assertThat(Links.none().to(discussion.messages().get(0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | messages must be a list with at least one message",
        "[] | messages must be a list with at least one message",
        "[{\"text\":\"x\"}] | messages[0].user must be a text",
        "[{\"user\":\"@ \",\"text\":\"x\"}] | messages[0].user names nobody",
        "[{\"user\":\"a\",\"text\":7}] | messages[0].text must be a text",
        "[{\"user\":\"a\",\"text\":\"x\",\"at\":\"noon\"}] | messages[0].at must be a time like 2026-01-31T10:00:00Z",
      })
  void what_cannot_be_read_is_told_so(String messages, String problem) {
    assertThatThrownBy(() -> read(messages))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }
}
