package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.contract.Fault;
import io.streamforge.service.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryRequestRuleTest {
  private static final String POST = "4g8q3fyc1jn4mksm3wqkpodq1y";
  private static final String MESSAGES = "\"messages\":[{\"user\":\"anna\",\"text\":\"a\"}]";

  private static List<String> fields(String body) {
    SummaryRequestRule rule =
        new SummaryRequestRule(new Permalinks("https://chat.example:8443/mm"));
    return rule.faults(RunningService.json(body)).stream().map(Fault::field).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"post_id\":\"" + POST + "\"}",
        "{\"permalink\":\"https://chat.example:8443/mm/team/pl/" + POST + "\"}",
        "{" + MESSAGES + "}"
      })
  void one_of_the_three_is_right(String body) {
    assertThat(fields(body)).isEmpty();
  }

  @Test
  void none_of_them_or_several_are_wrong() {
    assertThat(fields("{}")).containsExactly("body");
    assertThat(fields("{\"post_id\":\"" + POST + "\"," + MESSAGES + "}")).containsExactly("body");
    assertThat(fields("{\"post_id\":null," + MESSAGES + "}")).containsExactly("body");
  }

  @ParameterizedTest
  @CsvSource({
    "https://elsewhere.example:8443/mm/team/pl/" + POST,
    "https://chat.example/mm/team/pl/" + POST,
    "https://chat.example:8443/team/pl/" + POST,
    "http://chat.example:8443/mm/team/pl/" + POST,
    "https://chat.example:8443@elsewhere.example/mm/team/pl/" + POST,
  })
  void a_link_of_another_server_is_wrong(String link) {
    assertThat(fields("{\"permalink\":\"" + link + "\"}")).containsExactly("permalink");
  }

  @Test
  void what_the_reader_of_messages_would_refuse_is_wrong() {
    assertThat(fields("{\"messages\":[{\"user\":\"@\",\"text\":\"a\"}]}"))
        .containsExactly("messages[0].user");
    assertThat(fields("{\"messages\":[{\"user\":\"a\",\"text\":\"a\",\"at\":\"23:59\"}]}"))
        .containsExactly("messages[0].at");
  }

  @Test
  void what_the_schema_refuses_is_left_to_it() {
    assertThat(fields("{\"messages\":[7]}")).isEmpty();
    assertThat(fields("{\"messages\":\"x\"}")).isEmpty();
    assertThat(fields("{\"messages\":[{\"user\":1,\"text\":\"a\"}]}")).isEmpty();
    assertThat(fields("{\"permalink\":7}")).isEmpty();
  }
}
