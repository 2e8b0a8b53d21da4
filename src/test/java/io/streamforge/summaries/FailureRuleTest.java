package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.camel.mattermost.MattermostRefusedException;
import io.streamforge.summaries.SummaryEvent.Dropped;
import io.streamforge.summaries.SummaryEvent.Postponed;
import io.streamforge.summaries.SummaryEvent.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureRuleTest {
  private static final String ID = "jax337zmdinubmf3mp3zkbkrhc";
  private static final Throwable MODEL_AWAY =
      new LlmAwayException("no answer", Optional.empty(), null);

  private static FailureRule ruleAt(Instant now) {
    return new FailureRule(
        Duration.ofMinutes(15),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void what_waits_for_a_peer_is_tried_again_ever_later() throws Exception {
    Summary summary = Asked.working(ID);
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      Postponed put = (Postponed) ruleAt(Asked.NOW).after(summary, MODEL_AWAY);
      assertThat(Duration.between(Asked.NOW, put.dueAt())).hasSeconds(seconds);
      summary =
          Asked.after(
              Asked.after(summary, put),
              new SummaryEvent.Taken(ID, Asked.OWNER),
              Asked.NOW.plusSeconds(90));
    }
  }

  @Test
  void a_peer_that_asks_for_more_time_gets_it() throws Exception {
    Throwable busy = new MattermostAwayException("429", Optional.of(Duration.ofSeconds(30)), null);
    Postponed put = (Postponed) ruleAt(Asked.NOW).after(Asked.working(ID), busy);
    assertThat(put.dueAt()).isEqualTo(Asked.NOW.plusSeconds(30));
  }

  @Test
  void when_the_patience_is_over_an_apology_says_what_to_do() throws Exception {
    Instant late = Asked.NOW.plus(Duration.ofMinutes(15));
    Settled settled = (Settled) ruleAt(late).after(Asked.working(ID), MODEL_AWAY);
    assertThat(settled.reply().kind()).isEqualTo(Reply.Kind.APOLOGY);
    assertThat(settled.reply().parts().get(0)).contains("does not answer", "again later");
  }

  @Test
  void a_mattermost_that_stayed_away_is_not_blamed_on_the_model() throws Exception {
    Throwable away = new MattermostAwayException("away", Optional.empty(), null);
    Instant late = Asked.NOW.plus(Duration.ofMinutes(15));
    Settled settled = (Settled) ruleAt(late).after(Asked.working(ID), away);
    assertThat(settled.reply().kind()).isEqualTo(Reply.Kind.APOLOGY);
    assertThat(settled.reply().parts().get(0)).contains("Mattermost").doesNotContain("model");
  }

  @Test
  void a_model_that_refuses_is_not_asked_again() throws Exception {
    Throwable refused = new RuntimeException(new LlmRefusedException(401, "wrong key"));
    Settled settled = (Settled) ruleAt(Asked.NOW).after(Asked.working(ID), refused);
    assertThat(settled.reply().parts().get(0)).contains("refuses").doesNotContain("wrong key");
  }

  @Test
  void an_answer_that_cannot_be_posted_is_kept_for_a_day() throws Exception {
    Summary answering = Asked.answering(ID, "f", "the summary");
    Throwable away = new MattermostAwayException("refused", Optional.empty(), null);
    Instant soon = Asked.NOW.plus(Duration.ofHours(23));
    assertThat(ruleAt(soon).after(answering, away)).isInstanceOf(Postponed.class);
    assertThat(ruleAt(soon.plus(Duration.ofHours(1))).after(answering, away))
        .isInstanceOf(Dropped.class);
  }

  @Test
  void where_nothing_can_be_posted_nothing_is_tried_again() throws Exception {
    Throwable gone =
        new MattermostRefusedException(
            400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.");
    assertThat(ruleAt(Asked.NOW).after(Asked.answering(ID, "f", "the summary"), gone))
        .isInstanceOf(Dropped.class);
  }

  @Test
  void a_thread_that_must_not_be_read_is_told() throws Exception {
    Throwable forbidden =
        new MattermostRefusedException(403, "api.context.permissions.app_error", "No.");
    Settled settled = (Settled) ruleAt(Asked.NOW).after(Asked.working(ID), forbidden);
    assertThat(settled.reply().kind()).isEqualTo(Reply.Kind.REFUSAL);
  }

  @Test
  void a_token_that_was_taken_away_may_come_back() throws Exception {
    Throwable token =
        new MattermostRefusedException(401, "api.context.session_expired.app_error", "No.");
    assertThat(ruleAt(Asked.NOW).after(Asked.answering(ID, "f", "the summary"), token))
        .isInstanceOf(Postponed.class);
  }

  @Test
  void a_fault_of_ours_is_tried_three_times_and_then_admitted() throws Exception {
    Summary summary = Asked.working(ID);
    Throwable fault = new IllegalStateException("text of the thread");
    for (int at = 0; at < 2; at++) {
      SummaryEvent put = ruleAt(Asked.NOW).after(summary, fault);
      assertThat(put).isInstanceOf(Postponed.class);
      assertThat(((Postponed) put).error()).doesNotContain("thread");
      summary =
          Asked.after(
              Asked.after(summary, put),
              new SummaryEvent.Taken(ID, Asked.OWNER),
              Asked.NOW.plusSeconds(90));
    }
    Settled settled = (Settled) ruleAt(Asked.NOW).after(summary, fault);
    assertThat(settled.reply().parts().get(0)).contains(ID);
  }

  @Test
  void what_is_somebody_elses_is_left_alone() {
    assertThatThrownBy(
            () ->
                ruleAt(Asked.NOW)
                    .after(
                        Asked.working(ID),
                        new RuntimeException(new NotOursException("process-2 has it"))))
        .isInstanceOf(NotOursException.class);
  }

  @Test
  void whoever_waits_for_the_model_is_told_until_when() {
    Summary placed =
        Asked.after(Asked.working(ID), new SummaryEvent.Placed(ID, Asked.OWNER, "post"));
    SummaryEvent put = new Postponed(ID, Asked.OWNER, Asked.NOW, "the model is away");
    SummaryEvent over = new Dropped(ID, Asked.OWNER, "the thread is gone");
    FailureRule rule = ruleAt(Asked.NOW);
    assertThat(rule.isToBeTold(placed, put, MODEL_AWAY)).isTrue();
    assertThat(rule.waiting(placed)).contains("10:15 UTC");
    assertThat(rule.isToBeTold(placed, over, MODEL_AWAY)).isFalse();
    assertThat(rule.isToBeTold(Asked.working(ID), put, MODEL_AWAY)).isFalse();
    assertThat(rule.isToBeTold(placed, put, new IllegalStateException())).isFalse();
  }
}
