package io.streamforge.camel.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API tokens of a setting and of a file, which is read again when it has changed. */
final class TokenBook {
  private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);

  private final String fixed;
  private final @Nullable Path file;
  private String read;
  private volatile ApiTokens tokens;

  /**
   * @param fixed entries, may be empty
   * @param file with more of them, if there is one
   * @throws IllegalArgumentException if they cannot be read
   */
  TokenBook(String fixed, @Nullable Path file) {
    this.fixed = fixed;
    this.file = file;
    try {
      read = text();
      tokens = parse(read);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    }
  }

  Optional<ApiToken> find(String shown) {
    return tokens.find(shown);
  }

  Optional<ApiToken> findByHash(String hash) {
    return tokens.findByHash(hash);
  }

  /**
   * Takes over what has changed in the file. One that cannot be read leaves the tokens as they are:
   * a slip of the pen must not lock everybody out.
   */
  synchronized void refresh() {
    try {
      String now = text();
      if (!now.equals(read)) {
        tokens = parse(now);
        read = now;
        LOG.info("API tokens read again from {}: {} are good", file, tokens.list().size());
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("API tokens stay as they were, since {} cannot be used: {}", file, e.getMessage());
    }
  }

  /** The contents are compared: a mounted Secret changes behind a link with any time-stamp. */
  private String text() throws IOException {
    return file == null ? "" : Files.readString(file);
  }

  private ApiTokens parse(String more) {
    List<ApiToken> all = new ArrayList<>(ApiTokens.parse(fixed).list());
    all.addAll(ApiTokens.parse(more).list());
    return new ApiTokens(all);
  }
}
