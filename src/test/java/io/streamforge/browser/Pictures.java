package io.streamforge.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures of pages, as PNG files. */
final class Pictures {
  private static final Path FOLDER = Path.of(System.getProperty("pictures", "target/pictures"));

  private Pictures() {}

  /** Keeps a picture where those of the README are made: {@code -Dpictures=docs/pictures}. */
  static void keep(String name, byte[] picture) {
    write(FOLDER, name, picture);
  }

  /** Writes a picture; what no file name can hold becomes a dash. */
  static void write(Path folder, String name, byte[] picture) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name.replaceAll("[^A-Za-z0-9_-]+", "-") + ".png"), picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
