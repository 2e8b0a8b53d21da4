package io.streamforge.camel.leadership;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Among the processes of one host: whoever has the operating system's lock on a file leads. The
 * lock is free at once when its holder ends, however it ends, and stays with one that is frozen.
 *
 * <p>Who leads stands in a file beside the lock, since a process loses its locks on a file when it
 * closes it anywhere, as whoever reads it does (POSIX, fcntl).
 */
public final class FileElection implements Election {
  private static final long LOOK_MILLIS = 200;

  private final Path directory;
  private final String self;
  private volatile boolean leaving;
  private volatile @Nullable FileLock held;
  private @Nullable Thread thread;

  /**
   * @param directory where the files are, the same for all processes; it is made
   * @param self the name of this process
   */
  public FileElection(Path directory, String self) {
    this.directory = directory;
    this.self = self;
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public void check() throws IOException {
    Files.createDirectories(directory);
    if (!Files.isWritable(directory)) {
      throw new IllegalStateException(advice("it cannot be written"));
    }
  }

  private String advice(String trouble) {
    return "no leader can be chosen by a lock in "
        + directory
        + ": "
        + trouble
        + "; let DATA_DIR be a folder that can be written, or set LEADERSHIP=none if this is the"
        + " only process";
  }

  @Override
  public synchronized void stand(Candidate candidate) {
    Thread standing = new Thread(() -> run(candidate), "leader-election");
    standing.setDaemon(true);
    standing.start();
    thread = standing;
  }

  private void run(Candidate candidate) {
    while (!leaving) {
      try {
        Files.createDirectories(directory);
        try (FileChannel channel =
            FileChannel.open(
                directory.resolve("leader.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
          queue(channel, candidate);
        }
      } catch (IOException e) {
        if (!leaving) {
          candidate.troubled(advice(e.toString()));
        }
      }
      pause();
    }
  }

  private void queue(FileChannel channel, Candidate candidate) throws IOException {
    while (!leaving) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        lead(lock, candidate);
        return;
      }
      look(candidate);
      pause();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private void lead(FileLock lock, Candidate candidate) throws IOException {
    // Who holds the lock writes alone. On a full disk this is tried over and over: always in one
    // file.
    Path draft = directory.resolve("leader.new");
    Files.writeString(draft, self + "\n" + Instant.now() + "\n", UTF_8);
    Files.move(draft, name(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    held = lock;
    candidate.works();
    candidate.changed();
    while (!leaving && lock.isValid()) {
      pause();
    }
    held = null;
    candidate.changed();
  }

  private Path name() {
    return directory.resolve("leader");
  }

  private void look(Candidate candidate) throws IOException {
    List<String> lines = Files.exists(name()) ? Files.readAllLines(name(), UTF_8) : List.of();
    try {
      if (lines.size() == 2) {
        candidate.seen(lines.get(0), Instant.parse(lines.get(1)));
        candidate.works();
      }
    } catch (DateTimeParseException e) {
      candidate.troubled(name() + " was not written by a process of this service: delete it");
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      leaving = true;
    }
  }

  @Override
  public boolean holds() {
    FileLock lock = held;
    return lock != null && lock.isValid();
  }

  @Override
  public void leave() {
    Thread standing;
    synchronized (this) {
      leaving = true;
      standing = thread;
    }
    if (standing == null) {
      return;
    }
    standing.interrupt();
    try {
      standing.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
