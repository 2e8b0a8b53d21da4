package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.summaries.SummaryEvent.Delivered;
import io.streamforge.summaries.SummaryEvent.Dropped;
import io.streamforge.summaries.SummaryEvent.Joined;
import io.streamforge.summaries.SummaryEvent.Leading;
import io.streamforge.summaries.SummaryEvent.Placed;
import io.streamforge.summaries.SummaryEvent.Postponed;
import io.streamforge.summaries.SummaryEvent.Renewed;
import io.streamforge.summaries.SummaryEvent.Settled;
import io.streamforge.summaries.SummaryEvent.Taken;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryRuleTest {
  private static final String ID = "jax337zmdinubmf3mp3zkbkrhc";
  private final SummaryRule rule = new SummaryRule(Asked.LEASE);

  @Test
  void what_waits_is_taken_up_by_one_process_for_the_time_of_its_lease() {
    Summary taken = Asked.working(ID);
    assertThat(taken.state()).isEqualTo(SummaryState.WORKING);
    assertThat(taken.owner()).isEqualTo(Asked.OWNER);
    assertThat(taken.attempts()).isEqualTo(1);
    assertThat(taken.dueAt()).isEqualTo(Asked.NOW.plus(Asked.LEASE));
    assertNotOurs(taken, new Taken(ID, "process-2"), Asked.NOW.plusSeconds(29));
  }

  @Test
  void another_process_takes_over_when_the_lease_has_ended_and_the_first_one_has_lost_it() {
    Summary over =
        Asked.after(Asked.working(ID), new Taken(ID, "process-2"), Asked.NOW.plusSeconds(30));
    assertThat(over.owner()).isEqualTo("process-2");
    assertThat(over.attempts()).isEqualTo(2);
    for (SummaryEvent late : events()) {
      assertNotOurs(over, late, Asked.NOW.plusSeconds(31));
    }
  }

  @Test
  void whoever_is_heard_of_keeps_it() {
    Summary renewed =
        Asked.after(Asked.working(ID), new Renewed(ID, Asked.OWNER), Asked.NOW.plusSeconds(20));
    assertNotOurs(renewed, new Taken(ID, "process-2"), Asked.NOW.plusSeconds(40));
  }

  @Test
  void what_is_to_be_said_survives_the_process_that_found_it_out() {
    Summary answering = Asked.answering(ID, "f", "the summary");
    Summary over = Asked.after(answering, new Taken(ID, "process-2"), Asked.NOW.plusSeconds(60));
    assertThat(over.state()).isEqualTo(SummaryState.ANSWERING);
    assertThat(over.reply()).isEqualTo(answering.reply());
  }

  @Test
  void a_thread_is_led_until_it_is_known_what_to_say() {
    Summary leading = Asked.after(Asked.working(ID), new Leading(ID, Asked.OWNER));
    assertThat(leading.leads()).isEqualTo(Asked.THREAD.rootId());
    Reply reply = new Reply(Reply.Kind.APOLOGY, "sorry");
    assertThat(Asked.after(leading, new Settled(ID, Asked.OWNER, reply, null)).leads()).isNull();
    Summary put =
        Asked.after(leading, new Postponed(ID, Asked.OWNER, Asked.NOW, "the model is away"));
    assertThat(put.leads()).as("others wait for its answer").isEqualTo(Asked.THREAD.rootId());
  }

  @Test
  void what_is_put_off_waits_for_anybody_until_it_is_due() {
    Instant due = Asked.NOW.plusSeconds(4);
    Summary put =
        Asked.after(Asked.working(ID), new Postponed(ID, Asked.OWNER, due, "the model is away"));
    assertThat(put.state()).isEqualTo(SummaryState.WAITING);
    assertThat(put.failures()).isEqualTo(1);
    assertNotOurs(put, new Taken(ID, "process-2"), due.minusMillis(1));
    assertThat(Asked.after(put, new Taken(ID, "process-2"), due).owner()).isEqualTo("process-2");
  }

  @ParameterizedTest
  @MethodSource("ends")
  void what_is_over_stays_as_it_is(Summary end) {
    assertThat(end.isOpen()).isFalse();
    assertThat(end.leads()).isNull();
    for (SummaryEvent event : events()) {
      assertNotOurs(end, event, Asked.NOW.plusSeconds(3600));
    }
    assertNotOurs(end, new Taken(ID, "process-2"), Asked.NOW.plusSeconds(3600));
  }

  static Stream<Summary> ends() {
    return Stream.of(
        Asked.finished(ID, "f", "the summary"),
        Asked.after(Asked.working(ID), new Joined(ID, Asked.OWNER, "other")),
        Asked.after(Asked.working(ID), new Dropped(ID, Asked.OWNER, "the thread is gone")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_end_is_that_of_what_was_said(Reply.Kind kind) {
    Summary settled =
        Asked.after(Asked.working(ID), new Settled(ID, Asked.OWNER, new Reply(kind, "text"), null));
    Summary end = Asked.after(settled, new Delivered(ID, Asked.OWNER, List.of("post")));
    assertThat(end.state()).isEqualTo(kind.end());
    assertThat(end.postIds()).containsExactly("post");
  }

  static Stream<Reply.Kind> kinds() {
    return Stream.of(Reply.Kind.values());
  }

  @Test
  void nothing_arrives_that_was_not_said() {
    assertThatThrownBy(
            () ->
                rule.after(Asked.working(ID), new Delivered(ID, Asked.OWNER, List.of()), Asked.NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_request_whose_caller_went_with_its_process_is_dropped() {
    Summary taken =
        Asked.after(Asked.overRest(ID), new Taken(ID, "process-2"), Asked.NOW.plusSeconds(60));
    assertThat(taken.state()).isEqualTo(SummaryState.DROPPED);
    assertThat(taken.lastError()).contains("ended");
  }

  @Test
  void each_change_is_a_version_and_outlives_being_stored() {
    Summary answering = Asked.answering(ID, "f", "one", "two");
    assertThat(answering.version()).isEqualTo(3);
    assertThat(SummaryJson.read(SummaryJson.stored(answering))).isEqualTo(answering);
  }

  private static List<SummaryEvent> events() {
    return List.of(
        new Renewed(ID, Asked.OWNER),
        new SummaryEvent.Admitted(ID, Asked.OWNER),
        new Leading(ID, Asked.OWNER),
        new Placed(ID, Asked.OWNER, "post"),
        new Settled(ID, Asked.OWNER, new Reply(Reply.Kind.HINT, "hint"), null),
        new Delivered(ID, Asked.OWNER, List.of()),
        new Postponed(ID, Asked.OWNER, Asked.NOW, "away"),
        new Joined(ID, Asked.OWNER, "other"),
        new Dropped(ID, Asked.OWNER, "gone"));
  }

  private void assertNotOurs(Summary summary, SummaryEvent event, Instant at) {
    assertThatThrownBy(() -> rule.after(summary, event, at))
        .as("%s", event)
        .isInstanceOf(NotOursException.class);
  }
}
