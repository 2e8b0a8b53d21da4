package io.streamforge.readme;

import io.streamforge.playground.FreePorts;
import io.streamforge.service.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with the project in it and no data, ports that are free, and settings by which workers
 * are quicker than by default.
 */
final class Place implements AutoCloseable {
  private static final Map<String, String> PORTS =
      Map.of("8080", "HTTP_PORT", "9092", "EMBEDDED_KAFKA_PORT", "8065", "PLAYGROUND_PORT");
  private static final Set<String> LEFT_BEHIND = Set.of("data", "logs", ".env", ".git");

  private final Path folder;
  private final List<Path> links = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>(RunningService.QUICK);

  Place(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
      for (Path file : files.filter(each -> !LEFT_BEHIND.contains(name(each))).toList()) {
        links.add(Files.createSymbolicLink(folder.resolve(name(file)), file));
      }
    }
    PORTS.values().forEach(setting -> environment.put(setting, Integer.toString(FreePorts.find())));
    environment.remove("LOG_FILE");
    environment.putAll(RunningService.PATIENT);
    Path java = Path.of(System.getProperty("java.home"), "bin");
    environment.put("PATH", java + ":" + System.getenv("PATH"));
    environment.put("HOME", folder.toString());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  Path folder() {
    return folder;
  }

  /** The port that such a setting names. */
  int port(String setting) {
    return Integer.parseInt(environment.get(setting));
  }

  /** The text with the ports that are in use here. */
  String here(String text) {
    String here = text;
    for (Map.Entry<String, String> port : PORTS.entrySet()) {
      here = here.replaceAll(":" + port.getKey() + "\\b", ":" + environment.get(port.getValue()));
    }
    return here;
  }

  /** A terminal in which commands run here. */
  Terminal open(String commands) {
    return Terminal.open(here(commands), folder, environment);
  }

  /** Takes away the links to the project, so that nobody deletes what they lead to. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
