package io.streamforge.camel.mattermost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who we are in Mattermost, whether it lets us in, and whether it tells us what happens. */
public final class MattermostAccount {
  private static final Logger LOG = LoggerFactory.getLogger(MattermostAccount.class);

  private final MattermostServer server;
  private final Clock clock;
  private final AtomicLong reconnects = new AtomicLong();
  private volatile @Nullable Account account;
  private volatile State rest;
  private volatile State socket;

  /** The account that the token belongs to. */
  public record Account(String id, String username) {
    public Account {
      requireNonNull(id, "id is null");
      requireNonNull(username, "username is null");
    }
  }

  /**
   * Whether one of the two ways to Mattermost is open.
   *
   * @param since since when it is so
   * @param error what was last wrong; empty if nothing was so far
   * @param errorAt when that was seen
   */
  public record State(
      boolean up, Instant since, Optional<String> error, Optional<Instant> errorAt) {
    public State {
      requireNonNull(since, "since is null");
      requireNonNull(error, "error is null");
      requireNonNull(errorAt, "errorAt is null");
    }
  }

  public MattermostAccount(MattermostServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
    rest = new State(false, clock.instant(), Optional.empty(), Optional.empty());
    socket = rest;
  }

  /** Known from the first time on that Mattermost let us in. */
  public Optional<Account> account() {
    return Optional.ofNullable(account);
  }

  /**
   * The account.
   *
   * @throws MattermostAwayException when Mattermost has not let us in so far
   */
  public Account known() throws MattermostAwayException {
    Account known = account;
    if (known == null) {
      throw new MattermostAwayException(
          "Mattermost has not let us in so far" + rest.error().map(": "::concat).orElse(""),
          Optional.empty(),
          null);
    }
    return known;
  }

  /** Whether our token was good when it was last tried. */
  public boolean connected() {
    return rest.up();
  }

  /** Whether we are told what happens. */
  public boolean listening() {
    return socket.up();
  }

  /** The way to its REST API. */
  public State rest() {
    return rest;
  }

  /** The way from its WebSocket. */
  public State socket() {
    return socket;
  }

  /** How often the WebSocket was opened again. */
  public long reconnects() {
    return reconnects.get();
  }

  /**
   * It has let us in.
   *
   * @param me its answer to {@code users/me}
   */
  public synchronized void recognise(JsonNode me) {
    Account known = new Account(me.path("id").asText(), me.path("username").asText());
    if (!MattermostRequest.isId(known.id())) {
      String words = "What answers at " + server.url() + " is no Mattermost: it knows no account";
      lose(new MattermostAwayException(words, Optional.empty(), null));
      return;
    }
    if (!rest.up() || !known.equals(account)) {
      LOG.info("Mattermost at {} lets us in as @{}", server.url(), known.username());
    }
    account = known;
    rest = turned(rest, true);
  }

  /**
   * It has not let us in. What is said of it is logged when it is news. A server that only asks us
   * to wait is there.
   */
  public synchronized void lose(Throwable failure) {
    boolean resting =
        failure instanceof MattermostAwayException away && away.retryAfter().isPresent();
    if (resting && rest.up()) {
      return;
    }
    String words = words(failure);
    if (rest.up() || !Optional.of(words).equals(rest.error())) {
      LOG.warn("{}; it is tried again", words);
    }
    rest = failed(rest, words);
  }

  /**
   * Fails with what is wrong when Mattermost did not let us in when it was last tried.
   *
   * @throws IllegalStateException in words for whoever runs the service
   */
  public void require() {
    State now = rest;
    if (!now.up()) {
      throw new IllegalStateException(now.error().orElse("Mattermost was not asked yet"));
    }
  }

  private String words(Throwable failure) {
    if (failure instanceof MattermostRefusedException refused && refused.status() == 401) {
      return "Mattermost at "
          + server.url()
          + " does not accept MATTERMOST_TOKEN: it is wrong, or was revoked, or its account is"
          + " disabled; give a new access token of the bot's account";
    }
    return String.valueOf(failure.getMessage());
  }

  synchronized void opened() {
    LOG.info("The WebSocket of Mattermost is open");
    socket = turned(socket, true);
  }

  synchronized void closed(String why) {
    if (socket.up() || !Optional.of(why).equals(socket.error())) {
      LOG.warn("The WebSocket of Mattermost is closed: {}; it is opened again", why);
    }
    socket = failed(socket, why);
  }

  /** We have closed it ourselves. */
  synchronized void left() {
    socket = turned(socket, false);
  }

  void reconnecting() {
    reconnects.incrementAndGet();
  }

  private State turned(State before, boolean up) {
    Instant since = before.up() == up ? before.since() : clock.instant();
    return new State(up, since, before.error(), before.errorAt());
  }

  private State failed(State before, String why) {
    Instant since = turned(before, false).since();
    return new State(false, since, Optional.of(why), Optional.of(clock.instant()));
  }
}
