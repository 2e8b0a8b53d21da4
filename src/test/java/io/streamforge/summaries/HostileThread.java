package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thread that somebody wrote to abuse the bot: lines of {@code {"user", "text", "repeat"?}}, read
 * as if a server of Mattermost had sent it.
 */
record HostileThread(String name, Discussion discussion) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/resources/summaries/hostile");

  private static final List<HostileThread> ALL = readAll();

  static List<HostileThread> all() {
    return ALL;
  }

  private static List<HostileThread> readAll() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(HostileThread::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HostileThread read(Path file) {
    ObjectNode thread = JSON.createObjectNode();
    ObjectNode posts = thread.putObject("posts");
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        posts.set(Talk.post(number), post(number, JSON.readTree(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    Reading reading = new ThreadReader().read(thread, "bot", message -> false);
    String name = file.getFileName().toString().replace(".jsonl", "");
    return new HostileThread(name, reading.discussion(JSON.createArrayNode()));
  }

  private static ObjectNode post(int number, JsonNode line) {
    ObjectNode post = JSON.createObjectNode();
    post.put("id", Talk.post(number)).put("create_at", 1_790_000_000_000L + number);
    post.put("user_id", "user" + number).put("channel_id", "c");
    post.put("message", line.path("text").asText().repeat(line.path("repeat").asInt(1)));
    post.putObject("props").put("override_username", line.path("user").asText());
    return post;
  }

  @Override
  public String toString() {
    return name;
  }
}
