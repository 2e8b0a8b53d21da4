package io.streamforge.playground;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Mattermost and a model inside the process, and a door for people: a thread that is sent to
 * {@code POST /thread} as lines of {@code name: text} is written there, and what the bot says in it
 * is the answer.
 */
public final class Playground implements AutoCloseable {
  private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{2,21}): ?(.*)");
  private static final int LONGEST_THREAD = 1 << 20;
  private static final int MOST_AT_ONCE = 8;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;
  private static final String USAGE =
      """
      Send a thread, a line for each message, and ask for its summary in the last line:

      curl --data-binary @- http://%s/thread <<'END'
      anna: Shall we move the release to Friday? The tests are still red.
      bob: Yes. I will tell the customers by Thursday.
      anna: Agreed, Friday it is.
      bob: !summary
      END
      """;

  private record Line(String author, String text) {}

  private final MattermostDouble mattermost;
  private final LlmDouble model = new LlmDouble(new StandInModel()).model(StandInModel.NAME);
  private final MattermostUser bot;
  private final MattermostTeam team;
  private final MattermostChannel channel;
  private final Map<String, MattermostUser> people = new ConcurrentHashMap<>();
  private final HttpServer door;
  private final ExecutorService workers = Executors.newFixedThreadPool(MOST_AT_ONCE);

  /**
   * @param port of the door, on loopback; 0 for a free one
   * @throws IOException when the port is taken
   */
  public Playground(MattermostVersion version, int port) throws IOException {
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    mattermost = new MattermostDouble(version);
    team = mattermost.team("playground");
    bot = mattermost.bot("summary-bot");
    channel = mattermost.channel(team, "town-square", bot);
    door.createContext("/", this::usage);
    door.createContext("/thread", this::thread);
    door.setExecutor(workers);
    door.start();
  }

  /** The address of its Mattermost. */
  public String mattermostUrl() {
    return mattermost.url();
  }

  /** The token of the bot's account there. */
  public String token() {
    return bot.token();
  }

  /** The address of its model, which speaks Ollama's API. */
  public String modelUrl() {
    return model.url();
  }

  /** The port of the door. */
  public int port() {
    return door.getAddress().getPort();
  }

  private void usage(HttpExchange exchange) throws IOException {
    String host = "127.0.0.1:" + port();
    answer(
        exchange,
        exchange.getRequestURI().getPath().equals("/") ? 200 : 404,
        USAGE.formatted(host));
  }

  private void thread(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readNBytes(LONGEST_THREAD + 1);
    List<Line> lines = lines(new String(sent, StandardCharsets.UTF_8));
    if (!exchange.getRequestMethod().equals("POST") || lines.isEmpty()) {
      answer(exchange, 400, USAGE.formatted("127.0.0.1:" + port()));
      return;
    }
    if (sent.length > LONGEST_THREAD) {
      answer(exchange, 413, "A thread may have " + LONGEST_THREAD + " bytes\n");
      return;
    }
    try {
      String root = write(lines);
      String said = await(root);
      answer(exchange, said.isEmpty() ? 504 : 200, said.isEmpty() ? silence() : said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "The playground is being closed\n");
    }
  }

  private static String silence() {
    return "The bot said nothing: does the last line ask for a summary, as in \"bob: !summary\"?\n";
  }

  /** A line that names nobody goes on with the message before. */
  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      Matcher named = LINE.matcher(line);
      if (named.matches()) {
        lines.add(new Line(named.group(1).toLowerCase(Locale.ROOT), named.group(2)));
      } else if (!lines.isEmpty() && !line.isBlank()) {
        Line last = lines.remove(lines.size() - 1);
        lines.add(new Line(last.author(), last.text() + "\n" + line));
      }
    }
    return lines;
  }

  private String write(List<Line> lines) {
    String root = "";
    for (Line line : lines) {
      MattermostUser author = people.computeIfAbsent(line.author(), this::arrive);
      root =
          root.isEmpty()
              ? mattermost.post(author, channel, line.text())
              : reply(author, root, line.text());
    }
    return root;
  }

  private String reply(MattermostUser author, String root, String text) {
    mattermost.reply(author, root, text);
    return root;
  }

  private MattermostUser arrive(String name) {
    MattermostUser user = mattermost.user(name);
    mattermost.join(channel, user);
    return user;
  }

  /** What the bot says, once it has nothing more to say; empty when it says nothing. */
  private String await(String root) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    String before = "";
    while (System.nanoTime() < end) {
      String said =
          mattermost.thread(root).stream()
              .filter(post -> post.path("user_id").asText().equals(bot.id()))
              .map(post -> post.path("message").asText())
              .collect(Collectors.joining("\n\n"));
      boolean done = !said.isEmpty() && !said.startsWith("⏳") && said.equals(before);
      if (done) {
        return said + "\n";
      }
      before = said;
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return "";
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  @Override
  public void close() {
    door.stop(0);
    workers.shutdownNow();
    mattermost.close();
    model.close();
  }
}
