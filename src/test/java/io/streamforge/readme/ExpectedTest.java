package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final String ID = "684d9781-7b07-47b3-bf95-6714dfe86f3f";

  @Test
  void text_is_compared_word_by_word() {
    Expected expected = new Expected("one (two)\nthree\n");
    assertThat(expected.matches("one (two)\nthree")).isTrue();
    assertThat(expected.matches("one (two)\nthree\nfour\n")).isFalse();
    assertThat(expected.matches("one (two) three\n")).isFalse();
  }

  @Test
  void more_may_follow_where_a_program_goes_on() {
    Expected expected = new Expected("…\nready\n");
    assertThat(expected.begins("starting\nready\nat work\n")).isTrue();
    assertThat(expected.begins("starting\n")).isFalse();
  }

  @Test
  void three_dots_stand_for_anything() {
    Expected expected = new Expected("ready on …:8080 (…)\n");
    assertThat(expected.matches("ready on host:8080 (one\ntwo)\n")).isTrue();
    assertThat(expected.matches("ready on host:8081 (one)\n")).isFalse();
  }

  @Test
  void three_dots_on_a_line_of_their_own_stand_for_any_lines() {
    Expected expected = new Expected("first\n…\nlast\n");
    assertThat(expected.matches("first\nlast\n")).isTrue();
    assertThat(expected.matches("first\nsecond\nthird\nlast\n")).isTrue();
    assertThat(expected.matches("first\nnot the last\n")).isFalse();
  }

  @Test
  void an_id_stands_for_any_id_and_a_time_for_any_time() {
    Expected expected = new Expected(ID + " at 2026-01-05T10:00:00Z, 2026-01-05 10:00 UTC\n");
    String other = ID.replace('6', '7');
    assertThat(expected.matches(other + " at 2027-12-31T23:59:59.999Z, 2027-12-31 23:59 UTC\n"))
        .isTrue();
    assertThat(expected.matches("an id at 2027-12-31T23:59:59.999Z, 2027-12-31 23:59 UTC\n"))
        .isFalse();
    assertThat(expected.matches(other + " at noon, 2027-12-31 23:59 UTC\n")).isFalse();
  }

  @Test
  void the_spacing_of_json_does_not_matter_but_that_of_its_texts_does() {
    Expected expected = new Expected("{\"a\":\"b \\\" c\",\n  \"d\":[1,…]}\n");
    assertThat(expected.matches("{ \"a\" : \"b \\\" c\", \"d\" : [ 1, 2 ] }")).isTrue();
    assertThat(expected.matches("{\"a\":\"b \\\"  c\",\"d\":[1,2]}")).isFalse();
    assertThat(expected.matches("{\"a\":\"b \\\" c\",\"d\":[2]}")).isFalse();
  }
}
