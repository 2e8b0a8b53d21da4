package io.streamforge.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the service of a distribution folder once and writes down what its Java machine had to
 * load: {@code streamforge.jsa} in that folder, which {@code jvm.options} names. The profile {@code
 * image} runs it.
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
      System.err.println("no archive of classes was made: " + e);
    } finally {
      // The broker of the tests would keep the process alive.
      System.exit(code);
    }
  }

  private static Path train(Path distribution) throws Exception {
    Path data = Files.createTempDirectory("start-training");
    ServiceProcess.Program program =
        new ServiceProcess.Program(distribution, List.of("-jar", "streamforge.jar"));
    List<String> flags =
        List.of("-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=streamforge.jsa", "-Xlog:cds=off");
    try (RealPeers peers = new RealPeers()) {
      ServiceProcess.start(data, flags, program, peers.settings()).close();
    }
    Path archive = distribution.resolve("streamforge.jsa");
    if (!Files.exists(archive)) {
      throw new IOException(Files.readString(data.resolve("output.txt")));
    }
    return archive;
  }
}
