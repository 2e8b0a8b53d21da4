package io.streamforge.readme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.readme.Markdown.Block;
import io.streamforge.service.RunningService;
import io.streamforge.service.Watcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows the README: in a folder with the project and no data, on ports that are
 * free, with workers that are quicker than by default.
 */
final class Reader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<Integer, String> PORTS =
      Map.of(8080, "HTTP_PORT", 9092, "EMBEDDED_KAFKA_PORT", 8065, "PLAYGROUND_PORT");
  private static final Set<String> LEFT_BEHIND = Set.of("data", "logs", ".env", ".git");
  private static final Pattern STARTED = Pattern.compile("\"queue_id\":\"([0-9a-f-]{36})\"");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>(RunningService.QUICK);
  private final Map<String, String> ports = new HashMap<>();
  private final List<Path> links = new ArrayList<>();
  private final Deque<Terminal> terminals = new ArrayDeque<>();
  private @Nullable Watcher watcher;
  private String queueId = "<no queue was started yet>";

  Reader(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
      for (Path file : files.filter(each -> !LEFT_BEHIND.contains(name(each))).toList()) {
        links.add(Files.createSymbolicLink(folder.resolve(name(file)), file));
      }
    }
    List<Integer> free = freePorts(PORTS.size());
    PORTS.forEach(
        (usual, setting) -> {
          String port = free.get(ports.size()).toString();
          ports.put("127.0.0.1:" + usual, "127.0.0.1:" + port);
          environment.put(setting, port);
        });
    // How busy the machine is that this runs on is no matter of the README.
    environment.put("DEPENDENCY_PATIENCE", "40s");
    environment.put("KAFKA_PROBE_TIMEOUT", "30s");
    environment.put("KAFKA_REQUEST_TIMEOUT", "30s");
    environment.put("H2_PATIENCE", "30s");
    Path java = Path.of(System.getProperty("java.home"), "bin");
    environment.put("PATH", java + ":" + System.getenv("PATH"));
    environment.put("HOME", folder.toString());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> free = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return free;
  }

  /** The text with the ports that are in use here, and with the id of the queue started last. */
  private String here(String text) {
    String here = text.replace("<queue_id>", queueId);
    for (Map.Entry<String, String> port : ports.entrySet()) {
      here = here.replace(port.getKey(), port.getValue());
    }
    return here;
  }

  /** Runs a block to its end, and finds printed what is expected. */
  void run(Block block) throws InterruptedException {
    run(block, block.text());
  }

  /** The same with commands that stand for those of the block. */
  void run(Block block, String commands) throws InterruptedException {
    try (Terminal terminal = Terminal.open(here(commands), folder, environment)) {
      String printed = terminal.await();
      Expected expected = expected(block);
      assertThat(expected.matches(printed))
          .withFailMessage("Expected:%n%s%nPrinted:%n%s", expected, printed)
          .isTrue();
      Matcher started = STARTED.matcher(printed);
      if (started.find()) {
        queueId = started.group(1);
      }
    }
  }

  private Expected expected(Block block) {
    String output =
        block.output().orElseThrow(() -> new AssertionError("Tell what it prints, in a block"));
    return new Expected(here(output));
  }

  /** Begins to run what does not end by itself, and awaits that it prints what is expected. */
  void open(Block block, String commands) {
    Terminal terminal = Terminal.open(here(commands), folder, environment);
    terminals.push(terminal);
    Expected expected = expected(block);
    await()
        .atMost(PATIENCE)
        .failFast(
            () -> {
              if (!terminal.isAlive()) {
                throw new AssertionError("it has ended: " + terminal.output());
              }
            })
        .untilAsserted(
            () ->
                assertThat(expected.begins(terminal.output()))
                    .withFailMessage("Expected:%n%s%nPrinted:%n%s", expected, terminal.output())
                    .isTrue());
  }

  /** Watches what happens, as a client of the live view does. */
  void watch(Block block) {
    int port = Integer.parseInt(environment.get("HTTP_PORT"));
    watcher = Watcher.connect(port, "");
    awaitSeen(block.output().orElseThrow());
  }

  /** Awaits that the client shows that. */
  void awaitSeen(String text) {
    Watcher client = requireNonNull(watcher, "nobody watches");
    Expected expected = new Expected(here(text));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String seen = String.join("\n", client.texts());
              assertThat(expected.begins(seen))
                  .withFailMessage("Expected:%n%s%nSeen:%n%s", expected, seen)
                  .isTrue();
            });
  }

  /** Ends what runs in other terminals. */
  void interrupt() {
    if (watcher != null) {
      watcher.close();
      watcher = null;
    }
    while (!terminals.isEmpty()) {
      terminals.pop().close();
    }
  }

  @Override
  public void close() throws IOException {
    interrupt();
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
