package io.streamforge.camel.kafka;

import io.streamforge.TestProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** One real broker for all tests of this JVM: started when first asked for, gone with the JVM. */
public final class TestBroker {

  private TestBroker() {}

  private static final class Holder {
    static final EmbeddedBroker BROKER = start();

    private static EmbeddedBroker start() {
      try {
        Path directory = Files.createTempDirectory("test-broker");
        EmbeddedBroker broker = EmbeddedBroker.open(directory, 0);
        TestProcess.closeAtEnd(
            () -> {
              broker.close();
              delete(directory);
            });
        broker.start().join();
        return broker;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** The address of the broker, which is up when this returns. */
  public static String bootstrapServers() {
    return Holder.BROKER.bootstrapServers();
  }

  /** A new client for administration; the caller closes it. */
  public static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** A name that no other test uses, since all tests share one broker. */
  public static String uniqueName(String stem) {
    return stem + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
