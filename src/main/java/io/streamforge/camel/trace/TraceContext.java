package io.streamforge.camel.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a request and all that follows from it have in common, as W3C Trace Context writes it in
 * {@code traceparent}: {@code 00-<trace id>-<span id>-<flags>}.
 *
 * @param traceId 32 small hexadecimal digits, not all of them zero
 * @param spanId 16 small hexadecimal digits, not all of them zero: whoever hands the trace on
 * @param flags 2 small hexadecimal digits
 */
public record TraceContext(String traceId, String spanId, String flags) {
  /** The header of requests, answers and records, and the variable of exchanges. */
  public static final String HEADER = "traceparent";

  /** The variable of a worker's environment. */
  public static final String ENVIRONMENT = "TRACEPARENT";

  /** The key under which log lines carry the trace id. */
  public static final String LOG_KEY = "trace_id";

  /** Later versions may go on behind the flags, which only version 00 must not. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final int LONGEST = 512;

  /** Recorded, since everything we log carries it. */
  private static final String SAMPLED = "01";

  public TraceContext {
    if (!isId(traceId, 32) || !isId(spanId, 16) || !isHexadecimal(flags, 2)) {
      throw new IllegalArgumentException("not a trace: " + traceId + ", " + spanId + ", " + flags);
    }
  }

  /** A trace that begins here. */
  public static TraceContext begin() {
    return new TraceContext(random(16), random(8), SAMPLED);
  }

  /** Reads a {@code traceparent}; empty where there is none, or none that can be relied on. */
  public static Optional<TraceContext> parse(@Nullable String traceparent) {
    if (traceparent == null || traceparent.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher written = WRITTEN.matcher(traceparent.strip());
    if (!written.matches() || (written.group(1).equals("00") && written.group(5) != null)) {
      return Optional.empty();
    }
    String traceId = written.group(2);
    String spanId = written.group(3);
    return isId(traceId, 32) && isId(spanId, 16)
        ? Optional.of(new TraceContext(traceId, spanId, written.group(4)))
        : Optional.empty();
  }

  private static boolean isId(String text, int digits) {
    return isHexadecimal(text, digits) && text.chars().anyMatch(digit -> digit != '0');
  }

  /** Each request is asked for this, so that it is done without a pattern. */
  private static boolean isHexadecimal(String text, int digits) {
    return text.length() == digits
        && text.chars()
            .allMatch(digit -> (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'));
  }

  /** The trace that somebody handed on, with a span of ours; a new one where nobody did. */
  public static TraceContext continuing(@Nullable String traceparent) {
    return parse(traceparent)
        .map(theirs -> new TraceContext(theirs.traceId(), random(8), theirs.flags()))
        .orElseGet(TraceContext::begin);
  }

  /** Until it is closed the log lines of the thread carry a trace id. */
  @FunctionalInterface
  public interface Logged extends AutoCloseable {
    @Override
    void close();
  }

  /** Lets the log lines of this thread carry the trace id; none where no trace is known. */
  public static Logged logged(@Nullable String traceparent) {
    String before = MDC.get(LOG_KEY);
    log(parse(traceparent).map(TraceContext::traceId).orElse(null));
    return () -> log(before);
  }

  private static void log(@Nullable String id) {
    if (id == null) {
      MDC.remove(LOG_KEY);
    } else {
      MDC.put(LOG_KEY, id);
    }
  }

  private static String random(int bytes) {
    byte[] id = new byte[bytes];
    do {
      ThreadLocalRandom.current().nextBytes(id);
    } while (isZero(id));
    return HexFormat.of().formatHex(id);
  }

  private static boolean isZero(byte[] id) {
    for (byte each : id) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** As it stands in the header. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
