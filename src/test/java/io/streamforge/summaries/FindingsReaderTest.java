package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.Findings.Point;
import io.streamforge.summaries.Findings.Task;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsReaderTest {
  private static final String GOOD =
      "{\"topics\":[\"индекс\"],\"key_points\":[{\"text\":\"пул забит\",\"post\":3}],"
          + "\"tasks\":[{\"text\":\"создать индекс\",\"owner\":\"@Bob\",\"due\":\"14:40\",\"post\":\"#4\"}],"
          + "\"conclusions\":[\"откат не нужен\"]}";
  private static final Findings FOUND =
      new Findings(
          List.of("индекс"),
          List.of(new Point("пул забит", 3)),
          List.of(new Task("создать индекс", "bob", "14:40", 4)),
          List.of("откат не нужен"));

  private final FindingsReader reader =
      new FindingsReader(Map.of("bob", "bob", "alice", "Alice"), post -> post >= 2 && post <= 5);

  private ModelReply read(String answer) {
    return reader.read(answer, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Вот сводка {обсуждения}:\n%s\nНадеюсь, помог!",
        "{\"thread\": {\"n\": 1}} %s",
        "{\"summary\": %s}",
        "<answer>%s</answer>",
        "{\"a\": 1, %s"
      })
  void json_is_found_in_whatever_wraps_it(String around) {
    ModelReply reply = read(around.formatted(GOOD));
    assertThat(reply.problem()).isEmpty();
    assertThat(reply.findings()).isEqualTo(FOUND);
  }

  @Test
  void small_slips_are_overlooked() {
    assertThat(read(GOOD.replace("]}", "],}").replace("пул забит", "пул\n забит")).findings())
        .isEqualTo(FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "1", "0", "-3", "3.5", "\"three\"", "null", "[3]", "99999999999"})
  void a_point_whose_number_was_not_shown_is_dropped(String post) {
    ModelReply reply =
        read(
            "{\"topics\":[\"t\"],\"key_points\":[{\"text\":\"a\",\"post\":%s},{\"text\":\"b\",\"post\":2}]}"
                .formatted(post));
    assertThat(reply.findings().points()).containsExactly(new Point("b", 2));
    assertThat(reply.usable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "all", "", "Bob Smith", "bob, alice"})
  void an_owner_who_did_not_take_part_is_none(String owner) {
    ModelReply reply =
        read(
            "{\"tasks\":[{\"text\":\"a\",\"owner\":\"%s\",\"due\":null,\"post\":2}]}"
                .formatted(owner));
    assertThat(reply.findings().tasks()).containsExactly(new Task("a", "", "", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no idea",
        "{\"topics\":",
        "{\"title\":\"x\"}",
        "{\"topics\":\"one\",\"conclusions\":[\"c\"]}",
        "{\"topics\":[],\"key_points\":[]}",
        "{\"topics\":[\"t\"],\"key_points\":[{\"text\":\"a\",\"post\":9}]}",
        "{\"topics\":[\"t\"],\"tasks\":[{\"post\":2}]}"
      })
  void what_is_not_as_asked_for_has_a_problem(String answer) {
    assertThat(read(answer).usable()).isFalse();
    assertThat(read(answer).problem()).isNotBlank();
  }

  @Test
  void an_answer_that_was_cut_off_is_asked_for_shorter() {
    String half = GOOD.substring(0, 60);
    assertThat(reader.read(half, true).problem()).contains("too long");
    assertThat(reader.read(GOOD, true).problem()).isEmpty();
  }

  @Test
  void nothing_is_endless() {
    String text = "х".repeat(100_000);
    String items = ("{\"text\":\"" + text + "\",\"post\":2},").repeat(3);
    Findings findings =
        read("{\"topics\":[\"" + text + "\"],\"key_points\":[" + items + "]}").findings();
    assertThat(findings.topics().get(0)).hasSize(600);
    assertThat(findings.points()).hasSize(1);
    String many =
        "\"t%d\","
            .repeat(200)
            .formatted(java.util.stream.IntStream.range(0, 200).boxed().toArray());
    assertThat(read("{\"topics\":[" + many + "]}").findings().topics()).hasSize(15);
  }

  @Test
  void free_text_becomes_conclusions_without_what_looks_like_json() {
    assertThat(FindingsReader.plainText("Итог:\n\n- всё хорошо\n{\"a\": 1,\n\"b\": 2}\n---\n"))
        .isEqualTo(new Findings(List.of(), List.of(), List.of(), List.of("Итог:", "- всё хорошо")));
  }

  @Property(tries = 300)
  void any_answer_is_read(@ForAll String answer) {
    assertThat(read(answer)).isNotNull();
    assertThat(read("{\"topics\":[" + answer + "]}")).isNotNull();
  }

  @Test
  void of_an_answer_that_was_cut_off_all_that_is_whole_is_taken() {
    String whole =
        """
        {"topics":["release"],"key_points":[{"text":"On Friday.","post":1},{"text":"Bob tells the customers.","post":2}],"tasks":[],"conclusions":["Friday it is."]}""";
    for (int length = 0; length < whole.length(); length++) {
      ModelReply reply =
          new FindingsReader(Map.of(), message -> true).read(whole.substring(0, length), true);
      assertThat(reply.problem()).contains("too long");
      assertThat(reply.findings().topics().size()).isEqualTo(length < 20 ? 0 : 1);
      assertThat(reply.findings().points().size())
          .isEqualTo(
              length <= whole.indexOf("},{") - 1 ? 0 : length <= whole.indexOf("}],") - 1 ? 1 : 2);
    }
  }
}
