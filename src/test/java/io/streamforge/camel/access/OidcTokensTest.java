package io.streamforge.camel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import io.streamforge.camel.access.Denial.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcTokensTest {
  private TestIssuer issuer;
  private OidcTokens tokens;

  @BeforeEach
  void start() {
    issuer = TestIssuer.start();
    tokens = new OidcTokens(issuer.settings());
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private void assertRefused(String token, Reason reason) {
    assertThatExceptionOfType(Denial.class)
        .isThrownBy(() -> tokens.verify(token))
        .satisfies(denial -> assertThat(denial.reason()).isEqualTo(reason))
        .satisfies(denial -> assertThat(denial.getMessage()).doesNotContain(token));
    assertThat(tokens.known(token)).isEmpty();
  }

  private String changed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return issuer.token(change.apply(issuer.claims()));
  }

  @Test
  void a_good_token_tells_who_may_do_what_until_when() {
    Instant until = Instant.now().plusSeconds(300);
    String token = changed(claims -> claims.expirationTime(Date.from(until)));

    Caller caller = tokens.verify(token);

    assertThat(caller.name()).isEqualTo("oidc:anna");
    assertThat(caller.scope()).isEqualTo(Scope.OPERATE);
    assertThat(caller.until()).isEqualTo(Instant.ofEpochSecond(until.getEpochSecond()));
    assertThat(tokens.known(token)).contains(caller);
  }

  @Test
  void a_token_that_is_not_signed_by_the_issuer_is_refused() {
    assertRefused(issuer.unsigned(), Reason.UNKNOWN);
    assertRefused(issuer.forged(), Reason.UNKNOWN);
    assertRefused(issuer.signedWithPublicKey(), Reason.UNKNOWN);
    assertRefused(issuer.token().replaceFirst("\\.[^.]*$", "."), Reason.UNKNOWN);
    assertRefused("a.b.c", Reason.UNKNOWN);
  }

  @Test
  void a_token_for_others_or_for_another_time_is_refused() {
    assertRefused(issuer.ofAnother(), Reason.UNKNOWN);
    assertRefused(issuer.expired(), Reason.UNKNOWN);
    assertRefused(changed(claims -> claims.audience("another")), Reason.UNKNOWN);
    assertRefused(changed(claims -> claims.audience((String) null)), Reason.UNKNOWN);
    assertRefused(changed(claims -> claims.expirationTime(null)), Reason.UNKNOWN);
    assertRefused(changed(claims -> claims.subject(null)), Reason.UNKNOWN);
    Date later = Date.from(Instant.now().plusSeconds(200));
    assertRefused(changed(claims -> claims.notBeforeTime(later)), Reason.UNKNOWN);
  }

  @Test
  void what_says_itself_that_it_is_not_for_us_is_nothing_to_ask_the_issuer_about() {
    assertRefused(issuer.ofAnother(), Reason.UNKNOWN);
    assertRefused(issuer.expired(), Reason.UNKNOWN);
    assertThat(issuer.readings()).isZero();
  }

  @Test
  void a_token_that_was_good_a_moment_ago_ends_at_its_time() {
    // The keys are read before: that may take longer than the token lives.
    tokens.verify(issuer.token());
    String token =
        changed(claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(5))));
    tokens.verify(token);
    assertThat(tokens.known(token)).isPresent();
    await().atMost(Duration.ofSeconds(7)).until(() -> tokens.known(token).isEmpty());
    assertRefused(token, Reason.UNKNOWN);
  }

  @Test
  void access_tokens_say_that_they_are_some_in_either_way_and_others_are_refused() {
    for (String type : List.of("JWT", "at+jwt", "application/at+jwt")) {
      assertThat(tokens.verify(issuer.ofType(type)).name()).isEqualTo("oidc:anna");
    }
    assertRefused(issuer.ofType("dpop+jwt"), Reason.UNKNOWN);
  }

  @Test
  void keys_of_an_issuer_with_tls_are_read_over_tls_alone() throws Exception {
    String issuer = "https://issuer.example";
    assertThat(IssuerKeys.keysOf(issuer, Map.of("issuer", issuer, "jwks_uri", issuer + "/keys")))
        .hasProtocol("https");
    for (String keys : List.of("http://issuer.example/keys", "file:///etc/keys")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> IssuerKeys.keysOf(issuer, Map.of("issuer", issuer, "jwks_uri", keys)));
    }
  }

  @Test
  void a_token_without_a_right_is_refused_for_that() {
    assertRefused(changed(claims -> claims.claim("scope", "openid email")), Reason.SCOPE);
    assertRefused(changed(claims -> claims.claim("scope", null)), Reason.SCOPE);
    assertRefused(changed(claims -> claims.claim("scope", 7)), Reason.SCOPE);
  }

  @Test
  void the_rights_may_stand_in_a_list_inside_another_claim_and_the_highest_counts() {
    OidcSettings given = issuer.settings();
    tokens =
        new OidcTokens(
            new OidcSettings(
                given.issuer(),
                given.audience(),
                given.keysAt(),
                given.nameClaim(),
                "realm_access.roles",
                Map.of(Scope.READ, Set.of("staff"), Scope.ADMIN, Set.of("sre", "root")),
                given.timeout(),
                given.keysLife(),
                given.pause(),
                given.clockSkew(),
                given.trust()));

    String sre =
        changed(claims -> claims.claim("realm_access", Map.of("roles", List.of("staff", "sre"))));
    assertThat(tokens.verify(sre).scope()).isEqualTo(Scope.ADMIN);
    assertRefused(issuer.token(), Reason.SCOPE);
  }

  @Test
  void a_name_is_printable_and_not_longer_than_needed_and_falls_back_on_the_subject() {
    String odd =
        changed(claims -> claims.claim("preferred_username", "an\nna\u202e " + "x".repeat(500)));
    assertThat(tokens.verify(odd).name()).startsWith("oidc:an na x").hasSize(105);
    String nameless = changed(claims -> claims.claim("preferred_username", null));
    assertThat(tokens.verify(nameless).name()).isEqualTo("oidc:7f3c");
  }

  @Test
  void
      a_new_key_of_the_issuer_is_found_and_however_many_unknown_ones_are_named_it_is_asked_twice() {
    tokens.verify(issuer.token());
    assertThat(issuer.readings()).isEqualTo(1);

    issuer.changeKey();
    assertThat(tokens.verify(issuer.token()).name()).isEqualTo("oidc:anna");
    assertThat(issuer.readings()).isEqualTo(2);

    for (int i = 0; i < 20; i++) {
      String unknown = TestIssuer.sign(issuer.claims().build(), TestIssuer.named("unknown-" + i));
      assertRefused(unknown, Reason.UNKNOWN);
    }
    assertThat(issuer.readings()).isEqualTo(2);
    assertThat(tokens.verify(issuer.token()).name()).as("meanwhile").isEqualTo("oidc:anna");
  }

  @Test
  void keys_that_were_read_go_on_being_good_while_the_issuer_is_away() {
    OidcSettings given = issuer.settings();
    tokens =
        new OidcTokens(
            new OidcSettings(
                given.issuer(),
                given.audience(),
                null,
                given.nameClaim(),
                given.scopeClaim(),
                given.scopeWords(),
                given.timeout(),
                Duration.ofMillis(20),
                Duration.ofMillis(1),
                given.clockSkew(),
                given.trust()));
    tokens.verify(issuer.token());
    issuer.goAway();

    String later = changed(claims -> claims.subject("later"));
    await()
        .pollDelay(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(tokens.verify(later).scope()).isEqualTo(Scope.OPERATE));
    assertRefused(issuer.forged(), Reason.UNKNOWN);
  }

  @Test
  void while_no_key_can_be_read_the_caller_is_told_to_come_back() {
    issuer.goAway();
    String token = issuer.token();
    assertRefused(token, Reason.AWAY);
    assertThatExceptionOfType(Denial.class)
        .isThrownBy(() -> tokens.verify(token))
        .satisfies(denial -> assertThat(denial.answer().status()).isEqualTo(503))
        .satisfies(denial -> assertThat(denial.answer().retryAfterSeconds()).isPositive());
  }
}
