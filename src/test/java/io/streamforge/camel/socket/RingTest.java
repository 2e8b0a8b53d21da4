package io.streamforge.camel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingTest {

  private final Ring ring = new Ring(3);

  @Test
  void an_empty_ring_promises_nothing() {
    assertThat(ring.after(0)).isEqualTo(new Replay(List.of(), false, -1));
  }

  @Test
  void sequences_with_gaps_are_no_loss() {
    add(10, 12, 17);

    assertThat(ring.after(9).complete()).isTrue();
    assertThat(ring.after(11).complete()).isTrue();
    assertThat(ring.after(11).frames()).containsExactly(frame(12, ""), frame(17, ""));
  }

  @Test
  void what_came_before_the_first_is_not_known() {
    add(10);

    assertThat(ring.after(8).complete()).isFalse();
    assertThat(ring.after(8).first()).isEqualTo(10);
  }

  @Test
  void an_evicted_frame_is_a_loss_for_those_that_had_not_seen_it() {
    add(10, 12, 17, 20);

    assertThat(ring.after(9).complete()).isFalse();
    assertThat(ring.after(10).complete()).isTrue();
    assertThat(ring.after(10).frames()).hasSize(3);
  }

  @Test
  void a_frame_without_texts_tells_how_far_the_source_was_read() {
    assertThat(ring.add(new Frame(3, null, Map.of()))).isFalse();
    add(10);
    assertThat(ring.add(new Frame(15, null, Map.of()))).isFalse();

    assertThat(ring.after(2).complete()).isTrue();
    assertThat(ring.after(15).complete()).isTrue();
    assertThat(ring.after(16).complete()).isFalse();
    assertThat(ring.after(0).frames()).containsExactly(frame(10, ""));
  }

  @Test
  void a_frame_that_is_read_again_is_known_and_a_later_one_is_not() {
    add(10, 12);

    assertThat(ring.add(frame(10, ""))).isFalse();
    assertThat(ring.add(new Frame(11, null, Map.of()))).isFalse();
    assertThat(ring.add(frame(13, ""))).isTrue();
    assertThat(ring.after(9).frames()).hasSize(3);
  }

  @Test
  void another_frame_under_a_known_sequence_begins_the_ring_anew() {
    add(10, 12);

    assertThat(ring.add(frame(10, "another"))).isTrue();

    assertThat(ring.after(9).frames()).containsExactly(frame(10, "another"));
    assertThat(ring.after(12).complete()).isFalse();
    assertThat(ring.add(frame(12, ""))).isTrue();
  }

  @Test
  void a_sequence_before_all_that_is_known_begins_the_ring_anew() {
    add(10, 12);

    assertThat(ring.add(frame(0, ""))).isTrue();

    assertThat(ring.after(0).complete()).isTrue();
    assertThat(ring.after(12).complete()).isFalse();
  }

  @Test
  void a_smaller_ring_forgets_the_oldest() {
    add(10, 12, 17);

    ring.capacity(1);

    assertThat(ring.after(12).frames()).containsExactly(frame(17, ""));
    assertThat(ring.after(11).complete()).isFalse();
  }

  @Test
  void a_ring_keeps_at_least_one_frame() {
    assertThatThrownBy(() -> new Ring(0)).hasMessage("replay must be at least 1: 0");
  }

  private void add(long... sequences) {
    for (long sequence : sequences) {
      assertThat(ring.add(frame(sequence, ""))).isTrue();
    }
  }

  private static Frame frame(long sequence, String text) {
    return new Frame(sequence, "a", Map.of("text", text));
  }
}
