package io.streamforge.camel.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.streamforge.camel.access.Denial.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in the claims of a token, which was found good, who its owner is and what they may do. */
final class OidcCallers {
  private static final String PREFIX = "oidc:";
  private static final int LONGEST_NAME = 100;

  private final String nameClaim;
  private final String scopeClaim;
  private final Map<Scope, Set<String>> scopeWords;

  OidcCallers(OidcSettings settings) {
    nameClaim = settings.nameClaim();
    scopeClaim = settings.scopeClaim();
    scopeWords = settings.scopeWords();
  }

  /**
   * @throws Denial if the token gives no scope here
   */
  Caller of(JWTClaimsSet claims) {
    List<String> words = words(find(claims.getClaims(), scopeClaim));
    Scope scope =
        scopeWords.entrySet().stream()
            .filter(entry -> words.stream().anyMatch(entry.getValue()::contains))
            .map(Map.Entry::getKey)
            .max(Comparator.naturalOrder())
            .orElseThrow(
                () ->
                    Denial.of(
                        Reason.SCOPE,
                        "The token gives no rights here: its claim "
                            + scopeClaim
                            + " must have a word of OIDC_READ, OIDC_OPERATE or OIDC_ADMIN"));
    return new Caller(name(claims), scope, claims.getExpirationTime().toInstant(), null);
  }

  /** No API token can have that prefix, so that nobody can take its name at the issuer. */
  private String name(JWTClaimsSet claims) {
    Object given = find(claims.getClaims(), nameClaim);
    String name = given instanceof String text && !text.isBlank() ? text : claims.getSubject();
    String printable = name.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    return PREFIX + printable.substring(0, Math.min(LONGEST_NAME, printable.length()));
  }

  /** A claim, or one below others: {@code realm_access.roles}. */
  private static @Nullable Object find(Map<String, Object> claims, String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    Object at = claims;
    for (String name : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return at;
  }

  private static List<String> words(@Nullable Object claim) {
    if (claim instanceof String text) {
      return List.of(text.split("\\s+", -1));
    }
    return claim instanceof Collection<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
