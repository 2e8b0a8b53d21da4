package io.streamforge.camel.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hawtio's own files, which the build puts on the classpath. They are many megabytes, and nobody
 * looks at them all day: each is read when it is asked for.
 */
final class ConsoleFiles {
  static final String INDEX = "index.html";

  /** Where the build puts them. */
  private static final String FOLDER = "hawtio/";

  /** Names of files, and neither of folders nor of what is above. */
  private static final Pattern NAME = Pattern.compile("(?:[\\w-]+/)*[\\w-]+(?:\\.[\\w-]+)+");

  private ConsoleFiles() {}

  /**
   * Makes sure that they are there.
   *
   * @throws IllegalStateException when the build has left them out
   */
  static void require() {
    if (read(INDEX).isEmpty()) {
      throw new IllegalStateException("The console is not in this build: no " + FOLDER + INDEX);
    }
  }

  /** A file by its name below the console; empty when there is none. */
  static Optional<Buffer> read(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream in = ConsoleFiles.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(FOLDER + name + " cannot be read from the classpath", e);
    }
  }

  /** Whether its name changes with its content. */
  static boolean isLasting(String name) {
    return name.startsWith("static/");
  }
}
