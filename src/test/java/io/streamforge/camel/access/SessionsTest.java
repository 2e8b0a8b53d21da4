package io.streamforge.camel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");
  private static final SecretKey KEY = SessionKey.of("a key of sessions that only tests have");
  private static final Caller ANNA = new Caller("anna", Scope.OPERATE, null, "ab".repeat(32));

  @TempDir Path directory;

  private static Sessions at(Instant now, SecretKey key) {
    return new Sessions(key, Duration.ofHours(12), Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void every_process_with_the_key_reads_what_another_one_wrote() {
    String note = at(NOW, KEY).write(ANNA);

    SecretKey same = SessionKey.of("a key of sessions that only tests have");
    assertThat(at(NOW.plusSeconds(3600), same).read(note))
        .contains(new Caller("anna", Scope.OPERATE, NOW.plusSeconds(12 * 3600), "ab".repeat(32)));
    assertThat(note).as("encrypted").doesNotContain("anna").doesNotContain("ab".repeat(32));
  }

  @Test
  void a_session_ends_by_itself_and_with_the_token_that_it_was_begun_with() {
    String note = at(NOW, KEY).write(ANNA);
    assertThat(at(NOW.plus(Duration.ofHours(12)), KEY).read(note)).isEmpty();

    Caller brief = new Caller("oidc:bob", Scope.READ, NOW.plusSeconds(300), null);
    String shorter = at(NOW, KEY).write(brief);
    assertThat(at(NOW.plusSeconds(299), KEY).read(shorter)).contains(brief);
    assertThat(at(NOW.plusSeconds(300), KEY).read(shorter)).isEmpty();
  }

  @Test
  void a_note_that_was_changed_or_written_with_another_key_is_none() {
    String note = at(NOW, KEY).write(ANNA);
    assertThat(at(NOW, SessionKey.of("another key of sessions, as long")).read(note)).isEmpty();
    char last = note.charAt(note.length() - 2);
    String changed =
        note.substring(0, note.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + note.charAt(note.length() - 1);
    assertThat(at(NOW, KEY).read(changed)).isEmpty();
    assertThat(at(NOW, KEY).read("")).isEmpty();
    assertThat(at(NOW, KEY).read("a.b.c.d.e")).isEmpty();
    // {"alg":"none"} with claims in clear
    assertThat(at(NOW, KEY).read("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.")).isEmpty();
  }

  @Test
  void a_key_that_was_made_is_kept_for_its_owner_alone() throws Exception {
    Path file = directory.resolve("data").resolve("session.key");
    SecretKey made = SessionKey.in(file);

    assertThat(SessionKey.in(file)).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SessionKey.in(directory.resolve("other").resolve("session.key"))).isNotEqualTo(made);
  }

  @Test
  void where_no_key_can_be_kept_there_is_one_all_the_same() throws Exception {
    Path occupied = Files.writeString(directory.resolve("file"), "no folder");
    assertThat(SessionKey.in(occupied.resolve("session.key"))).isNotNull();
  }
}
