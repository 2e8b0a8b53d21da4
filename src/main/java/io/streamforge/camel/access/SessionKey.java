package io.streamforge.camel.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key of sessions, which all processes that share them must have. */
public final class SessionKey {
  private static final Logger LOG = LoggerFactory.getLogger(SessionKey.class);
  private static final int BYTES = 32;

  private SessionKey() {}

  /** The key that a long secret text makes. */
  public static SecretKey of(String secret) {
    try {
      return key(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** One that nobody else has, and that lasts as long as the process. */
  public static SecretKey fresh() {
    return key(random());
  }

  private static byte[] random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return random;
  }

  /**
   * The key in a file, which is made if there is none, and which its owner alone can read. Where
   * that cannot be, the key lasts as long as the process, and a warning says so.
   */
  public static SecretKey in(Path file) {
    byte[] random = random();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return key(readOrWrite(file, random));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn(
          "Logins last until this process ends, and only here: {} cannot be kept ({}); set SESSION_KEY",
          file,
          e.toString());
      return key(random);
    }
  }

  /** Under a lock, since several processes may begin at once. */
  private static byte[] readOrWrite(Path file, byte[] fresh) throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(file, options, ownerOnly);
        var lock = channel.lock()) {
      ByteBuffer kept = ByteBuffer.allocate(BYTES);
      if (channel.size() == BYTES && channel.read(kept) == BYTES) {
        return kept.array();
      }
      channel.truncate(0).write(ByteBuffer.wrap(fresh), 0);
      channel.force(true);
      LOG.debug("A key of sessions is made under {}", lock);
      return fresh;
    }
  }

  private static SecretKey key(byte[] bytes) {
    return new SecretKeySpec(bytes, "AES");
  }
}
