package io.streamforge.camel.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a broker's directory; ends with the process, however it ends. */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "embedded-broker.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks the directory, which is created if missing.
   *
   * @throws IllegalStateException if another process holds it; the message tells what to set
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      String address = Files.readString(file).strip();
      throw new IllegalStateException(
          "another process holds %s: set KAFKA_BOOTSTRAP_SERVERS to its broker%s"
              .formatted(directory, address.isEmpty() ? "" : ", " + address));
    }
    return new DirectoryLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Leaves the address of the holder's broker for those who are kept out. */
  void announce(String address) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(address.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
