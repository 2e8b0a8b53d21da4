package io.streamforge.camel.mattermost;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * An answer that may neither be too long nor take too long; what breaks it is said in our words.
 */
final class BoundedAnswer extends HttpEntityWrapper {
  private final long longest;
  private final long deadline;
  private final Function<IOException, MattermostAwayException> words;
  private final Runnable abort;

  /**
   * @param longest how many bytes it may have
   * @param patience how long it may take from now on
   * @param abort ends the connection: to close the answer alone would read on to its end
   */
  BoundedAnswer(
      HttpEntity answer,
      long longest,
      Duration patience,
      Function<IOException, MattermostAwayException> words,
      Runnable abort) {
    super(answer);
    this.longest = longest;
    this.deadline = System.nanoTime() + patience.toNanos();
    this.words = words;
    this.abort = abort;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Bounded(super.getContent());
  }

  private final class Bounded extends FilterInputStream {
    private long read;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int got;
      try {
        got = super.read(buffer, from, length);
      } catch (IOException e) {
        throw words.apply(e);
      }
      read += Math.max(0, got);
      if (read > longest) {
        throw away("its answer has more than " + longest + " bytes");
      }
      if (System.nanoTime() - deadline > 0) {
        throw away("its answer takes too long");
      }
      return got;
    }

    private MattermostAwayException away(String why) {
      abort.run();
      return new MattermostAwayException("Mattermost is of no use: " + why, Optional.empty(), null);
    }
  }
}
