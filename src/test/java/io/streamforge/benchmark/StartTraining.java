package io.streamforge.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the service of a distribution folder once, keeps there what its Java machine had to load,
 * and names that file in {@code jvm.options}. The profile {@code image} runs it.
 */
final class StartTraining {
  private StartTraining() {}

  /**
   * Makes the archive.
   *
   * @param arguments the distribution folder
   */
  public static void main(String[] arguments) {
    int code = 1;
    try {
      Path archive = train(Path.of(arguments[0]).toAbsolutePath());
      System.out.printf("%s: %,d bytes%n", archive, Files.size(archive));
      code = 0;
    } catch (Exception e) {
      System.err.println("no archive for starts was made: " + e);
    } finally {
      // The broker of the tests would keep the process alive.
      System.exit(code);
    }
  }

  private static Path train(Path distribution) throws Exception {
    Path first = Files.createTempDirectory("start-training");
    Path data = Files.createTempDirectory("start-training");
    ServiceProcess.Program program =
        new ServiceProcess.Program(distribution, List.of("-jar", "streamforge.jar"));
    List<String> usual = List.of("-XX:+UseSerialGC", "-Xmx512m");
    List<String> flags = new ArrayList<>(usual);
    flags.addAll(StartArchive.making(StartArchive.NAME));
    try (RealPeers peers = new RealPeers()) {
      // Most starts find the collections of their store, and so does the one that is kept.
      ServiceProcess.start(first, usual, program, peers.settings()).close();
      ServiceProcess.start(data, flags, program, peers.settings()).close();
    }
    Path archive = distribution.resolve(StartArchive.NAME);
    if (!Files.exists(archive)) {
      throw new IOException(Files.readString(data.resolve("output.txt")));
    }
    List<String> options = new ArrayList<>();
    options.add(
        "# What a start has to load. Another Java machine than the one that made it goes without.");
    options.addAll(StartArchive.using(StartArchive.NAME));
    Files.write(distribution.resolve("jvm.options"), options, StandardOpenOption.APPEND);
    return archive;
  }
}
