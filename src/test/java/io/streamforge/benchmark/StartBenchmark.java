package io.streamforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.Application;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the start of the process until it is ready, with Kafka, ArangoDB and a cluster: of what is
 * shipped where {@code mvn -Pimage package} has made it, else of the class path of the tests.
 */
@Tag("benchmark")
class StartBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
  private static final double MILLIS_IN_SECOND = 1000;
  private static final Path DISTRIBUTION = Path.of("target/distribution").toAbsolutePath();
  private static final Path OPTIONS = Path.of("deploy/image/jvm.options");

  /** The memory of a pod, as in {@code k8s/base/deployment.yaml}. */
  private static final String MEMORY = "-XX:MaxRAM=1g";

  @Test
  void a_start_with_and_without_its_archive(@TempDir Path folder) throws Exception {
    boolean shipped = Files.exists(DISTRIBUTION.resolve(StartArchive.NAME));
    ServiceProcess.Program program =
        shipped
            ? new ServiceProcess.Program(DISTRIBUTION, List.of("-jar", "streamforge.jar"))
            : new ServiceProcess.Program(
                Path.of("").toAbsolutePath(),
                List.of("-cp", classPath(folder), Application.class.getName()));
    String archive = shipped ? StartArchive.NAME : folder.resolve(StartArchive.NAME).toString();
    Report report = new Report();
    try (RealPeers peers = new RealPeers()) {
      if (!shipped) {
        start(folder, "training", StartArchive.making(archive), program, peers);
        assertThat(Path.of(archive)).exists();
      }
      List<Start> without = new ArrayList<>();
      List<Start> with = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        without.add(start(folder, "without-" + round, List.of(), program, peers));
        with.add(start(folder, "with-" + round, StartArchive.using(archive), program, peers));
      }
      report.add(
          "%s, Java %s",
          shipped ? "target/distribution" : "class path of the tests", Runtime.version());
      tell(report, "without archive", without);
      tell(report, "with archive", with);
      report.limit("start to ready", median(with, Start::seconds), 2.5, "s");
      report.print();
      assertThat(median(with, Start::processorSeconds))
          .isLessThan(median(without, Start::processorSeconds));
    }
  }

  /** What a start took; of processor time, when others use the machine too, it tells more. */
  private record Start(double seconds, double processorSeconds) {}

  private static Start start(
      Path folder, String name, List<String> more, ServiceProcess.Program program, RealPeers peers)
      throws Exception {
    Path data = Files.createDirectory(folder.resolve(name));
    List<String> flags =
        Stream.concat(
                Files.readAllLines(OPTIONS).stream().filter(line -> !line.startsWith("#")),
                Stream.concat(Stream.of(MEMORY), more.stream()))
            .toList();
    try (ServiceProcess service = ServiceProcess.start(data, flags, program, peers.settings())) {
      double used =
          service.handle().info().totalCpuDuration().orElseThrow().toMillis() / MILLIS_IN_SECOND;
      return new Start(service.secondsToReady(), used);
    }
  }

  /** An archive knows classes of jars only: those of this build are put into one. */
  private static String classPath(Path folder) throws Exception {
    Path classes =
        Path.of(Application.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = folder.resolve("streamforge.jar");
    if (Files.isDirectory(classes)) {
      pack(classes, jar);
    }
    return Stream.concat(
            Stream.of(Files.exists(jar) ? jar.toString() : classes.toString()),
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> path.endsWith(".jar")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
  }

  private static void tell(Report report, String subject, List<Start> starts) {
    report.add(
        "%-26s ready after %s, with %s of processor time",
        subject, seconds(starts, Start::seconds), seconds(starts, Start::processorSeconds));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
    return starts.stream().mapToDouble(value).sorted().toArray()[starts.size() / 2];
  }

  private static String seconds(List<Start> starts, ToDoubleFunction<Start> value) {
    return starts.stream()
        .mapToDouble(value)
        .sorted()
        .mapToObj(seconds -> String.format(Locale.ROOT, "%.2f", seconds))
        .collect(Collectors.joining(", ", "", " s"));
  }
}
