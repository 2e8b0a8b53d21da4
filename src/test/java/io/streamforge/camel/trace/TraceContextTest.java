package io.streamforge.camel.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GIVEN = "00-" + ID + "-00f067aa0ba902b7-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GIVEN,
        " 00-" + ID + "-00f067aa0ba902b7-01 ",
        "00-" + ID + "-00f067aa0ba902b7-00",
        "cc-" + ID + "-00f067aa0ba902b7-01",
        "cc-" + ID + "-00f067aa0ba902b7-01-what-the-future-will-be-like"
      })
  void a_trace_that_is_handed_on_is_taken_over_with_a_span_of_ours(String traceparent) {
    TraceContext trace = TraceContext.continuing(traceparent);
    assertThat(trace.traceId()).isEqualTo(ID);
    assertThat(trace.spanId()).isNotEqualTo("00f067aa0ba902b7");
    assertThat(trace.flags()).isEqualTo(traceparent.strip().substring(53, 55));
    assertThat(TraceContext.parse(trace.toString())).contains(trace);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        ID,
        "00-" + ID + "-00f067aa0ba902b7",
        "00-" + ID + "-00f067aa0ba902b7-01-more",
        "00-" + ID + "-00f067aa0ba902b7-1",
        "ff-" + ID + "-00f067aa0ba902b7-01",
        "0-" + ID + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + ID + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-" + ID + "-00f067aa0ba902b7-01\r\nSet-Cookie: a=b"
      })
  void what_is_none_begins_a_new_one(String traceparent) {
    assertThat(TraceContext.parse(traceparent)).isEmpty();
    TraceContext trace = TraceContext.continuing(traceparent);
    assertThat(trace.traceId()).isNotEqualTo(ID);
    assertThat(trace.toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @Test
  void an_endless_one_is_none() {
    assertThat(TraceContext.parse("cc-" + ID + "-00f067aa0ba902b7-01-" + "x".repeat(1000)))
        .isEmpty();
  }

  @Test
  void each_begins_with_an_id_of_its_own() {
    assertThat(IntStream.range(0, 100).mapToObj(n -> TraceContext.begin().traceId()))
        .doesNotHaveDuplicates();
  }

  @Test
  void one_that_is_none_cannot_be_made() {
    assertThatThrownBy(() -> new TraceContext("0".repeat(32), "00f067aa0ba902b7", "01"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void log_lines_carry_its_id_until_it_is_closed_and_none_where_there_is_none() {
    try (var logged = TraceContext.logged(GIVEN)) {
      assertThat(MDC.get(TraceContext.LOG_KEY)).isEqualTo(ID);
    }
    assertThat(MDC.get(TraceContext.LOG_KEY)).isNull();
    try (var logged = TraceContext.logged("nonsense")) {
      assertThat(MDC.get(TraceContext.LOG_KEY)).isNull();
    }
  }
}
