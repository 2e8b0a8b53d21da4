package io.streamforge.readme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.readme.Markdown.Block;
import io.streamforge.service.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody who follows the README, and fills in what earlier commands have printed. */
final class Reader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Placeholders, and where they are read off. */
  private static final Map<String, Pattern> READ_OFF =
      Map.of(
          "<queue_id>", Pattern.compile("\"message\":\"Queue started\".*\"queue_id\":\"([^\"]+)\""),
          "<token>", Pattern.compile("  (sft_\\S+)"),
          "<entry>", Pattern.compile("  (\\w+:\\w+:\\S+)"));

  private final Place place;
  private final Deque<Terminal> terminals = new ArrayDeque<>();
  private final Map<String, String> known;
  private @Nullable Watcher watcher;
  private @Nullable Reader neighbour;

  Reader(Path folder) throws IOException {
    this(folder, Map.of());
  }

  private Reader(Path folder, Map<String, String> known) throws IOException {
    this.place = new Place(folder);
    this.known = new HashMap<>(known);
  }

  Path folder() {
    return place.folder();
  }

  int port(String setting) {
    return place.port(setting);
  }

  /** From now on that stands where the placeholder stood. */
  void know(String placeholder, String value) {
    known.put(placeholder, value);
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> each : known.entrySet()) {
      filled = filled.replace(each.getKey(), each.getValue());
    }
    return place.here(filled);
  }

  /** Runs a block to its end, and finds printed what is expected. */
  void run(Block block) throws InterruptedException {
    run(block, block.text());
  }

  /** The same with commands that stand for those of the block. */
  void run(Block block, String commands) throws InterruptedException {
    String printed = print(commands);
    Expected expected = expected(block);
    assertThat(expected.matches(printed))
        .withFailMessage("Expected:%n%s%nPrinted:%n%s", expected, printed)
        .isTrue();
  }

  /** Runs commands to their end; returns what they print. */
  String print(String commands) throws InterruptedException {
    try (Terminal terminal = place.open(filled(commands))) {
      String printed = terminal.await();
      READ_OFF.forEach(
          (placeholder, pattern) -> {
            Matcher found = pattern.matcher(printed);
            if (found.find()) {
              know(placeholder, found.group(1));
            }
          });
      return printed;
    }
  }

  private Expected expected(Block block) {
    return new Expected(filled(output(block)));
  }

  /** What a block says that its commands print. */
  static String output(Block block) {
    return block.output().orElseThrow(() -> new AssertionError("Tell what it prints, in a block"));
  }

  /** Begins to run a block that does not end by itself, and awaits that it prints the expected. */
  void open(Block block) {
    open(block.text(), expected(block));
  }

  /** Begins to run commands that do not end by themselves, and awaits what they show. */
  void open(String commands, String shown) {
    open(commands, new Expected(filled(shown)));
  }

  private void open(String commands, Expected expected) {
    Terminal terminal = place.open(filled(commands));
    terminals.push(terminal);
    awaitShown(
        expected,
        () -> {
          assertThat(terminal.isAlive()).as("has ended: %s", terminal.output()).isTrue();
          return terminal.output();
        });
  }

  /** Watches what happens, as a client of the live view does. */
  void watch(Block block) {
    watcher = Watcher.connect(port("HTTP_PORT"), "");
    awaitSeen(output(block));
  }

  /** Awaits that the client shows that. */
  void awaitSeen(String text) {
    Watcher client = requireNonNull(watcher, "nobody watches");
    awaitShown(new Expected(filled(text)), () -> String.join("\n", client.texts()));
  }

  private static void awaitShown(Expected expected, Supplier<String> shown) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String now = shown.get();
              assertThat(expected.begins(now))
                  .withFailMessage("Expected:%n%s%nShown:%n%s", expected, now)
                  .isTrue();
            });
  }

  /** Somebody in another folder, who knows what this one knows and may do otherwise. */
  Reader neighbour() throws IOException {
    if (neighbour == null) {
      Path folder = Files.createTempDirectory(place.folder(), "neighbour");
      neighbour = new Reader(folder, known);
    }
    return neighbour;
  }

  /** The neighbour goes. */
  void farewell() throws IOException {
    if (neighbour != null) {
      neighbour.close();
      neighbour = null;
    }
  }

  /** Ends what runs in other terminals, in good order. */
  void interrupt() {
    unwatch();
    while (!terminals.isEmpty()) {
      terminals.pop().interrupt();
    }
  }

  private void unwatch() {
    if (watcher != null) {
      watcher.close();
      watcher = null;
    }
  }

  @Override
  public void close() throws IOException {
    unwatch();
    terminals.forEach(Terminal::close);
    farewell();
    place.close();
  }
}
