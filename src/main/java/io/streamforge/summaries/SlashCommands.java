package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.mattermost.MattermostRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what Mattermost sends when somebody uses the slash command, and answers it. */
public final class SlashCommands {
  private final List<byte[]> tokens;
  private final Requests requests;
  private final String language;

  /**
   * @param tokens those of the commands that are registered for this bot
   * @param language ru or en, auto for that of the command
   */
  public SlashCommands(List<String> tokens, Requests requests, String language) {
    this.tokens = tokens.stream().map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    this.requests = requests;
    this.language = language;
  }

  /**
   * The request that a command is.
   *
   * @param form the fields that Mattermost sent
   * @return null when it does not say in which thread it was written
   * @throws Refusal 401 when it is not from a command of ours, 422 when ids are missing
   */
  public @Nullable Summary request(JsonNode form) {
    if (!isKnown(form.path("token").asText())) {
      throw new Refusal(
          401, "The token is none of SLASH_TOKENS: add that of the slash command there");
    }
    String channel = id(form, "channel_id");
    String user = id(form, "user_id");
    if (form.path("root_id").asText().isEmpty()) {
      return null;
    }
    ThreadPlace thread = new ThreadPlace(channel, id(form, "root_id"));
    boolean russian = Commands.isRussian(form.path("command").asText());
    return requests.fromSlash(requestId(form), thread, user, russian);
  }

  /** Each command has a trigger of its own; the same one sent again is the same request. */
  private static String requestId(JsonNode form) {
    String trigger = form.path("trigger_id").asText() + " " + form.path("response_url").asText();
    byte[] digest = Fingerprints.sha256().digest(trigger.getBytes(StandardCharsets.UTF_8));
    return "slash-" + HexFormat.of().formatHex(digest, 0, 16);
  }

  /** Takes the same time whether a token is nearly right or not at all. */
  private boolean isKnown(String token) {
    byte[] sent = token.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] expected : tokens) {
      known |= MessageDigest.isEqual(expected, sent);
    }
    return known;
  }

  private static String id(JsonNode form, String field) {
    String id = form.path(field).asText();
    if (!MattermostRequest.isId(id)) {
      throw new Refusal(422, field + " must be an id of Mattermost: 26 small letters and digits");
    }
    return id;
  }

  /** The answer to a command that was written down. */
  public String taken(JsonNode form) {
    return ephemeral(phrases(form).slashTaken());
  }

  /** The answer to a command that does not say in which thread it was written. */
  public String withoutThread(JsonNode form) {
    return ephemeral(phrases(form).slashWithoutThread());
  }

  /** The answer to a command that could not be written down in time. */
  public String failed(JsonNode form) {
    return ephemeral(phrases(form).slashFailed());
  }

  private Phrases phrases(JsonNode form) {
    String spoken = Commands.isRussian(form.path("command").asText()) ? "ru" : "en";
    return Phrases.in(language.equals("auto") ? spoken : language);
  }

  private static String ephemeral(String text) {
    return SummaryJson.MAPPER
        .createObjectNode()
        .put("response_type", "ephemeral")
        .put("text", text)
        .toString();
  }
}
