package io.streamforge;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What this process is made of. */
final class Versions {
  private static final long MEBIBYTE = 1 << 20;

  private Versions() {}

  /** The service, Java and the machine. */
  static List<String> lines() {
    String version = Versions.class.getPackage().getImplementationVersion();
    Runtime machine = Runtime.getRuntime();
    return List.of(
        "StreamForge " + Objects.requireNonNullElse(version, "(not from a jar)"),
        "Java " + Runtime.version() + " of " + System.getProperty("java.vendor"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + machine.availableProcessors()
            + " processors, heap of "
            + machine.maxMemory() / MEBIBYTE
            + " MiB");
  }

  /** The files on the class path, whose names tell their versions. */
  static List<String> libraries() {
    String classPath = System.getProperty("java.class.path");
    String[] entries = classPath.split(File.pathSeparator, -1);
    String[] all = entries.length == 1 && entries[0].endsWith(".jar") ? named(entries[0]) : entries;
    return Arrays.stream(all)
        .map(entry -> new File(entry).getName())
        .filter(name -> name.endsWith(".jar"))
        .sorted()
        .toList();
  }

  /** Those that the manifest of a jar names. */
  private static String[] named(String jar) {
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      String names =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null ? new String[0] : names.split(" ", -1);
    } catch (IOException e) {
      throw new UncheckedIOException("the manifest of " + jar + " cannot be read", e);
    }
  }
}
