package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamforge.camel.mattermost.MattermostRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final String ID = "jax337zmdinubmf3mp3zkbkrhc";
  private static final Admission ADMISSION =
      new Admission(
          3,
          5,
          10,
          Duration.ofHours(1),
          Duration.ofHours(1),
          Clock.fixed(Asked.NOW, ZoneOffset.UTC));

  @Test
  void a_command_in_a_thread_is_heard() {
    assertThatCode(() -> ADMISSION.checkCommand(Asked.working(ID))).doesNotThrowAnyException();
  }

  @Test
  void whoever_has_had_their_share_learns_when_there_is_more() {
    Reply reply = reply(() -> check(load(1, 3, 0)));
    assertThat(reply.kind()).isEqualTo(Reply.Kind.REFUSAL);
    assertThat(reply.parts().get(0)).contains("3 summaries within 1 h", "in 30 min");
    assertThatCode(() -> check(load(1, 2, 0))).doesNotThrowAnyException();
  }

  @Test
  void a_channel_has_a_share_of_its_own() {
    assertThat(reply(() -> check(load(1, 0, 5))).parts().get(0)).contains("This channel", "30 min");
    assertThatCode(() -> check(load(1, 0, 4))).doesNotThrowAnyException();
  }

  @Test
  void when_too_much_is_open_everybody_is_asked_to_come_back() {
    assertThat(reply(() -> check(load(11, 0, 0))).parts().get(0)).contains("few minutes");
    assertThatCode(() -> check(load(10, 0, 0))).doesNotThrowAnyException();
  }

  @Test
  void a_request_counts_once_however_often_it_is_taken_up() {
    Summary admitted = Asked.after(Asked.working(ID), new SummaryEvent.Admitted(ID, Asked.OWNER));
    assertThatCode(() -> ADMISSION.checkLimits(admitted, load(11, 3, 5)))
        .doesNotThrowAnyException();
  }

  @Test
  void one_message_is_no_discussion() {
    Message only = new Message(1, "", "anna", "Hello?", Asked.NOW, List.of(), 0);
    Discussion discussion = new Discussion("", "", List.of(only));
    assertThat(reply(() -> ADMISSION.checkDiscussion(Asked.working(ID), discussion)).kind())
        .isEqualTo(Reply.Kind.HINT);
  }

  @Test
  void a_stranger_is_told_to_join_and_a_bot_that_is_shut_out_to_be_invited() {
    assertThat(refused(404)).contains("join the channel");
    assertThat(refused(403)).contains("Invite me");
    MattermostRefusedException token = new MattermostRefusedException(401, "", "No.");
    assertThat(catchThrowable(() -> ADMISSION.refuseStranger(Asked.working(ID), token)))
        .isSameAs(token);
  }

  private static String refused(int status) {
    MattermostRefusedException refusal = new MattermostRefusedException(status, "", "No.");
    return reply(() -> ADMISSION.refuseStranger(Asked.working(ID), refusal)).parts().get(0);
  }

  private static void check(SummaryLoad load) throws PlainReplyException {
    ADMISSION.checkLimits(Asked.working(ID), load);
  }

  private static SummaryLoad load(long open, int byRequester, int inChannel) {
    return new SummaryLoad(open, times(byRequester), times(inChannel));
  }

  /** The oldest one half an hour ago. */
  private static List<Instant> times(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> Asked.NOW.minusSeconds(1800).plusSeconds(at))
        .toList();
  }

  private static Reply reply(ThrowingCallable call) {
    return PlainReplyException.behind(catchThrowable(call));
  }
}
