package io.streamforge.camel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static CallGate gate(int perSecond, int burst, Duration patience) {
    return new CallGate(perSecond, burst, patience, SHORT, SHORT.multipliedBy(3));
  }

  private static void assertClosed(CallGate gate, String reason) {
    assertThatExceptionOfType(PeerAwayException.class)
        .isThrownBy(gate::pass)
        .withMessageContaining(reason);
  }

  @Test
  void after_a_rest_a_burst_passes_at_once_and_the_next_has_to_wait() throws Exception {
    CallGate gate = gate(1, 5, Duration.ZERO);
    for (int call = 0; call < 5; call++) {
      gate.pass();
    }
    assertClosed(gate, "at most 1 requests a second");
  }

  @Test
  void calls_that_have_patience_pass_one_after_the_other() throws Exception {
    CallGate gate = gate(20, 1, Duration.ofSeconds(1));
    Instant begin = Instant.now();
    for (int call = 0; call < 5; call++) {
      gate.pass();
    }
    assertThat(Duration.between(begin, Instant.now()))
        .isBetween(Duration.ofMillis(190), Duration.ofMillis(900));
  }

  @Test
  void a_newcomer_does_not_pass_those_who_came_before() throws Exception {
    CallGate gate = gate(1, 1, Duration.ZERO);
    gate.passInTurn("first");
    assertThatExceptionOfType(PeerAwayException.class).isThrownBy(() -> gate.passInTurn("second"));
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              assertThatExceptionOfType(PeerAwayException.class)
                  .isThrownBy(() -> gate.passInTurn("third " + Instant.now()));
              assertThatCode(() -> gate.passInTurn("second")).doesNotThrowAnyException();
            });
  }

  @Test
  void after_a_failure_nobody_passes_for_a_while_that_grows() {
    CallGate gate = gate(1000, 1000, Duration.ZERO);
    gate.failed("the peer is away");
    assertClosed(gate, "the peer is away");
    await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> passes(gate));
    Instant second = Instant.now();
    gate.failed("the peer is away");
    await().pollInterval(Duration.ofMillis(10)).ignoreExceptions().until(() -> passes(gate));
    assertThat(Duration.between(second, Instant.now())).isGreaterThan(Duration.ofMillis(1800));
  }

  @Test
  void an_answer_opens_the_gate_again() {
    CallGate gate = gate(1000, 1000, Duration.ZERO);
    gate.failed("the peer is away");
    assertClosed(gate, "the peer is away");
    gate.worked();
    assertThatCode(gate::pass).doesNotThrowAnyException();
  }

  @Test
  void a_rest_that_is_wanted_is_given_though_others_are_answered() {
    CallGate gate = gate(1000, 1000, Duration.ZERO);
    gate.rest("wants a rest", SHORT);
    gate.worked();
    assertClosed(gate, "wants a rest");
    await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> passes(gate));
  }

  private static boolean passes(CallGate gate) throws PeerAwayException {
    gate.pass();
    return true;
  }
}
