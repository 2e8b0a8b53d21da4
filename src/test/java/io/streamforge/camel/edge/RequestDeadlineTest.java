package io.streamforge.camel.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          1, 1, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(600));

  private static final Duration STEP = Duration.ofMillis(10);

  /** The time passes only when a test says so. */
  private long nanos;

  private final RequestDeadline deadline = new RequestDeadline(LIMITS, () -> nanos);
  private final List<Object> heard = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          deadline.bytes(),
          deadline,
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
              heard.add(message);
            }
          });

  RequestDeadlineTest() {
    channel.freezeTime();
    channel.pipeline().replace(channel.pipeline().firstContext().name(), "bytes", deadline.bytes());
  }

  @AfterEach
  void close() {
    channel.close();
  }

  private void ask() {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
  }

  /** Hands out what is not read yet. */
  private void write(Object message) {
    ChannelFuture unused = channel.write(message);
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    channel.readOutbound();
  }

  private void pass(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      nanos += STEP.toNanos();
      channel.advanceTimeBy(STEP.toNanos(), TimeUnit.NANOSECONDS);
      channel.runPendingTasks();
      channel.runScheduledPendingTasks();
    }
  }

  private void assertClosed() {
    pass(Duration.ofSeconds(5));
    assertThat(channel.isOpen()).isFalse();
  }

  private void assertTimedOut() {
    assertClosed();
    HttpResponse response = channel.readOutbound();
    assertThat(response.status().code()).isEqualTo(408);
  }

  private void assertOpenFor(Duration time) {
    pass(time);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void a_head_that_does_not_come_ends_the_connection_however_many_bytes_do() {
    for (int i = 0; i < 15; i++) {
      channel.pipeline().fireChannelRead("G");
      assertOpenFor(STEP);
    }
    assertTimedOut();
  }

  @Test
  void a_body_that_does_not_come_ends_the_connection() {
    ask();
    assertTimedOut();
  }

  @Test
  void whoever_waits_for_an_answer_has_all_the_time_it_wants() {
    ask();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    assertOpenFor(Duration.ofMillis(900));
    assertThat(heard).hasSize(2);
  }

  @Test
  void a_connection_between_two_requests_is_kept_for_its_time_and_then_closed_without_a_word() {
    ask();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    answer(HttpResponseStatus.OK);
    assertOpenFor(Duration.ofMillis(400));
    assertClosed();
    assertThat((Object) channel.readOutbound()).isNull();
  }

  @Test
  void an_answer_that_only_says_to_go_on_ends_no_request() {
    ask();
    answer(HttpResponseStatus.CONTINUE);
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    assertOpenFor(Duration.ofMillis(900));
  }

  @Test
  void whoever_asks_on_without_waiting_is_cut_off() {
    for (int i = 0; i < 100; i++) {
      ask();
    }
    assertThat(channel.isOpen()).isTrue();
    ask();
    assertThat(channel.isOpen()).isFalse();
    assertThat(heard).hasSize(100);
  }

  @Test
  void whoever_does_not_read_is_cut_off_at_its_next_answer() {
    ask();
    var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    answer.content().writeZero(2 << 20);
    write(answer);
    assertThat(channel.isOpen()).as("one answer may be large").isTrue();
    ask();
    var next = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    write(next);
    assertThat(channel.isOpen()).isFalse();
    assertThat(next.refCnt()).isZero();
  }

  @Test
  void an_answer_of_which_nothing_is_read_ends_the_connection_and_one_that_is_read_does_not() {
    ask();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    assertOpenFor(Duration.ofMillis(900));
    write(new DefaultHttpContent(Unpooled.buffer().writeZero(100_000)));
    assertOpenFor(Duration.ofMillis(400));
    channel.flush();
    assertOpenFor(Duration.ofMillis(900));
    write(new DefaultHttpContent(Unpooled.buffer().writeZero(100_000)));
    assertClosed();
  }

  @Test
  void whoever_reads_is_answered_as_often_as_it_asks() {
    for (int i = 0; i < 300; i++) {
      ask();
      channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
      answer(HttpResponseStatus.OK);
    }
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void a_websocket_is_left_alone() {
    ask();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
    assertThat(channel.pipeline().get(RequestDeadline.class)).isNull();
    assertOpenFor(Duration.ofMillis(900));
  }
}
