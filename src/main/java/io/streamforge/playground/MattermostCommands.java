package io.streamforge.playground;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Slash commands: which there are, and the request to the integration behind one. */
final class MattermostCommands {
  private static final int MOST = 1000;
  private static final int MOST_ANSWERS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private boolean tellsRoot;

  record Command(String trigger, String url, String token) {}

  /** Where a command was written, and by whom; answers may come later. */
  static final class Call {
    final MattermostUser user;
    final MattermostChannel channel;
    final String teamId;
    final String rootId;
    private int answers;

    Call(MattermostUser user, MattermostChannel channel, String teamId, String rootId) {
      this.user = user;
      this.channel = channel;
      this.teamId = teamId;
      this.rootId = rootId;
    }
  }

  /** Whether the integration is told the thread, as servers newer than 6.7 do. */
  synchronized void tellsRoot(boolean told) {
    tellsRoot = told;
  }

  synchronized String register(String teamId, String trigger, String url) throws MattermostError {
    if (commands.size() >= MOST || commands.containsKey(teamId + " " + trigger)) {
      throw new MattermostError(
          400, "api.command.duplicate_trigger.app_error", "This trigger word is already in use.");
    }
    Command command = new Command(trigger, url, MattermostIds.next());
    commands.put(teamId + " " + trigger, command);
    return command.token();
  }

  /** Its token stays. */
  synchronized void redirect(String teamId, String trigger, String url) throws MattermostError {
    Command command = find(teamId, trigger);
    commands.put(teamId + " " + trigger, new Command(trigger, url, command.token()));
  }

  synchronized Command find(String teamId, String trigger) throws MattermostError {
    Command command = commands.get(teamId + " " + trigger);
    if (command == null) {
      throw MattermostError.noSuchCommand(trigger);
    }
    return command;
  }

  /** Whose turn it is to answer later; a command may be answered so five times. */
  synchronized Call answered(String callId) throws MattermostError {
    Call call = calls.get(callId);
    if (call == null || call.answers++ >= MOST_ANSWERS) {
      throw new MattermostError(400, "web.command_webhook.invalid.app_error", "Invalid webhook.");
    }
    return call;
  }

  private synchronized String remember(Call call) {
    String id = MattermostIds.next();
    calls.put(id, call);
    while (calls.size() > MOST) {
      calls.remove(calls.keySet().iterator().next());
    }
    return id;
  }

  /** Asks the integration; blocks until it has answered. */
  JsonNode run(Command command, Call call, String text, String siteUrl, String team)
      throws MattermostError {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("channel_id", call.channel.id());
    form.put("channel_name", call.channel.name());
    form.put("command", "/" + command.trigger());
    form.put("response_url", siteUrl + "/hooks/commands/" + remember(call));
    if (tellsRoot && !call.rootId.isEmpty()) {
      form.put("root_id", call.rootId);
    }
    form.put("team_domain", team);
    form.put("team_id", call.teamId);
    form.put("text", text);
    form.put("token", command.token());
    form.put("trigger_id", MattermostIds.next());
    form.put("user_id", call.user.id());
    form.put("user_name", call.user.username());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(command.url()))
            .timeout(PATIENCE)
            .header("Authorization", "Token " + command.token())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw MattermostError.commandFailed(command.trigger());
      }
      boolean json =
          answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      return json ? MattermostJson.read(answer.body()) : plain(answer.body());
    } catch (IOException e) {
      throw MattermostError.commandFailed(command.trigger());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MattermostError.commandFailed(command.trigger());
    }
  }

  private static ObjectNode plain(String text) {
    return MattermostJson.object().put("response_type", "ephemeral").put("text", text);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(joining("&"));
  }
}
