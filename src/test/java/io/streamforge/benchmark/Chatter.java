package io.streamforge.benchmark;

import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostUser;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What people say to each other in a channel, at a steady rate. */
final class Chatter {
  private final MattermostDouble mattermost;
  private final MattermostUser author;
  private final MattermostChannel channel;
  private final int perSecond;
  private int said;

  Chatter(
      MattermostDouble mattermost,
      MattermostUser author,
      MattermostChannel channel,
      int perSecond) {
    this.mattermost = mattermost;
    this.author = author;
    this.channel = channel;
    this.perSecond = perSecond;
  }

  /** How much was said. */
  int said() {
    return said;
  }

  /** What share of a core a process takes while people talk for a while. */
  double cores(ProcessHandle process, Duration duration) {
    return cores(process, duration, perSecond, this::say);
  }

  /** The same while nobody talks. */
  static double idleCores(ProcessHandle process, Duration duration) {
    return cores(process, duration, 0, () -> {});
  }

  private void say() {
    said++;
    mattermost.post(author, channel, "What do you think of number " + said + "? I am not sure.");
  }

  private static double cores(ProcessHandle process, Duration duration, int rate, Runnable say) {
    long begun = System.nanoTime();
    Duration before = cpu(process);
    long posts = duration.toSeconds() * rate;
    for (long number = 0; number < posts; number++) {
      long due = begun + number * 1_000_000_000L / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      say.run();
    }
    long end = begun + duration.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    Duration used = cpu(process).minus(before);
    return used.toNanos() / (double) (System.nanoTime() - begun);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
