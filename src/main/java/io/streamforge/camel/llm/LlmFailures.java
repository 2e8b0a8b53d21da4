package io.streamforge.camel.llm;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a server, in words for whoever runs the service. */
final class LlmFailures {
  private static final int LONGEST_REASON = 300;
  private static final int MODELS_NAMED = 10;

  /** So many characters that a reason has in common with a question give a message away. */
  private static final int TELLING = 24;

  private final LlmSettings settings;
  private final Clock time;

  LlmFailures(LlmSettings settings, Clock time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * A status other than 200.
   *
   * @return never: it throws, and {@code throw} before it says so to the compiler
   */
  LlmAwayException of(
      int status, @Nullable String retryAfter, String error, @Nullable LlmQuestion question)
      throws LlmRefusedException {
    String reason = status + " " + reason(error, question);
    if (status >= 500 || status == 429 || status == 408 || status == 425) {
      return new LlmAwayException(
          name() + " cannot answer now: " + reason,
          RetryAfter.parse(retryAfter, time.instant()),
          null);
    }
    throw new LlmRefusedException(status, name() + " refuses " + what(status) + ": " + reason);
  }

  private static String what(int status) {
    if (status == 401 || status == 403) {
      return "us, see LLM_API_KEY and LLM_PROXY_TOKEN";
    }
    if (status == 404) {
      return "the model or the path, see LLM_MODEL and LLM_BASE_URL";
    }
    return status < 400 ? "the path, see LLM_BASE_URL" : "the question";
  }

  LlmRefusedException missing(List<String> models) {
    List<String> named = models.subList(0, Math.min(MODELS_NAMED, models.size()));
    return new LlmRefusedException(
        0,
        name()
            + " does not have the model "
            + settings.model()
            + ", see LLM_MODEL; it has "
            + String.join(", ", named)
            + (models.size() > MODELS_NAMED ? ", …" : ""));
  }

  LlmAwayException noAnswer(NoAnswerException none, @Nullable LlmQuestion question) {
    return away(name() + ": " + reason(String.valueOf(none.getMessage()), question), null);
  }

  LlmAwayException tooSlow(boolean begun, @Nullable Throwable cause) {
    return away(
        begun
            ? name()
                + " fell silent amid its answer, for more than "
                + seconds(settings.nextToken())
            : name() + " did not begin to answer within " + seconds(settings.firstToken()),
        cause);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  LlmAwayException broken(boolean begun, IOException cause) {
    String where = begun ? " broke off amid its answer" : " sent no answer that can be read";
    boolean malformed = cause instanceof JacksonException;
    // The message of a parser has parts of the text in it.
    String why = malformed ? "what came is not JSON" : String.valueOf(cause.getMessage());
    return away(name() + where + ": " + why, malformed ? null : cause);
  }

  /** There was no answer at all. */
  LlmAwayException unreachable(IOException cause) {
    if (cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException)) {
      return tooSlow(false, cause);
    }
    String hint = cause instanceof UnknownHostException ? ", see LLM_BASE_URL" : "";
    hint = cause instanceof SSLException ? ", see LLM_CA_PATH" : hint;
    return away(name() + " is out of reach" + hint + ": " + cause.getMessage(), cause);
  }

  private static LlmAwayException away(String message, @Nullable Throwable cause) {
    return new LlmAwayException(message, Optional.empty(), cause);
  }

  private String name() {
    return "The server of the model at " + settings.url();
  }

  /** What the server says, without secrets, and without what others wrote. */
  private String reason(String text, @Nullable LlmQuestion question) {
    String line = text.replaceAll("\\s+", " ").strip();
    for (String secret : settings.secrets()) {
      line = line.replace(secret, "***");
    }
    if (question != null && repeats(line, question.user())) {
      return "(its reason repeats the question)";
    }
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private static boolean repeats(String line, String written) {
    String shown = line.substring(0, Math.min(line.length(), LONGEST_REASON));
    for (int at = 0; at + TELLING <= shown.length(); at++) {
      if (written.contains(shown.substring(at, at + TELLING))) {
        return true;
      }
    }
    return false;
  }
}
