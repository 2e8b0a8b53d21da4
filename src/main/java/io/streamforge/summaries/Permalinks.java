package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links to posts of one Mattermost server. */
public final class Permalinks {
  private static final Pattern POST = Pattern.compile("/[^/]+/pl/([a-z0-9]{26})/?");

  private final String server;

  /**
   * @param server the address of the server, without a slash at its end; empty when there is none
   */
  public Permalinks(String server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * The id of the post that a link leads to: a whole text, with or without angle brackets.
   *
   * @return empty when it is no link to a post of this server
   */
  public Optional<String> post(String text) {
    if (server.isEmpty()) {
      return Optional.empty();
    }
    String link = text.strip().replaceAll("^<(.*)>$", "$1");
    try {
      URI base = new URI(server);
      URI uri = new URI(link);
      String path = uri.getPath();
      String root = base.getPath();
      boolean here =
          path != null
              && origin(uri).equals(origin(base))
              && uri.getUserInfo() == null
              && path.startsWith(root);
      Matcher post = POST.matcher(here ? path.substring(root.length()) : "");
      return post.matches() ? Optional.of(post.group(1)) : Optional.empty();
    } catch (URISyntaxException notALink) {
      return Optional.empty();
    }
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() == -1 ? standard : uri.getPort();
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
