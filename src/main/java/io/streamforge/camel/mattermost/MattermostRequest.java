package io.streamforge.camel.mattermost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to Mattermost's REST API, version 4.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path below {@code /api/v4/}, without a slash in front
 * @param query what stands behind the question mark; empty without one
 * @param body what is sent, null for nothing
 * @param token whose rights count: empty for the bot's
 */
public record MattermostRequest(
    String method, String path, String query, @Nullable JsonNode body, String token) {
  private static final Pattern ID = Pattern.compile("[a-z0-9]{26}");

  public MattermostRequest {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(query, "query is null");
    requireNonNull(token, "token is null");
  }

  /** Whether a text can be the id of a post, a user, a channel or a team. */
  public static boolean isId(@Nullable String text) {
    return text != null && ID.matcher(text).matches();
  }

  /**
   * The id, fit to stand in a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static String id(String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException("not an id of Mattermost");
    }
    return text;
  }

  /** The same with the rights of whoever has that token. */
  public MattermostRequest as(String callersToken) {
    return new MattermostRequest(method, path, query, body, callersToken);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
