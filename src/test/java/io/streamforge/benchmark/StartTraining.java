package io.streamforge.benchmark;

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
  public static void main(String[] arguments) throws Exception {
    Path distribution = Path.of(arguments[0]).toAbsolutePath();
    Path data = Files.createTempDirectory("start-training");
    try (RealPeers peers = new RealPeers()) {
      ServiceProcess.Program program =
          new ServiceProcess.Program(distribution, List.of("-jar", "streamforge.jar"));
      List<String> flags =
          List.of("-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=streamforge.jsa", "-Xlog:cds=off");
      ServiceProcess.start(data, flags, program, peers.settings()).close();
    }
    Path archive = distribution.resolve("streamforge.jsa");
    if (!Files.exists(archive)) {
      throw new IllegalStateException(Files.readString(data.resolve("output.txt")));
    }
    System.out.printf("%s: %,d bytes%n", archive.getFileName(), Files.size(archive));
    // The broker of the tests leaves with the process.
    System.exit(0);
  }
}
