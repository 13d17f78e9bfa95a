package io.rostrum.catalog;

import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Access tokens as Keycloak makes them for the demo realm. */
public final class Tokens {
  /** What {@code OidcWiremockTestResource} signs for. */
  public static final String ISSUER = "https://server.example.com";

  private Tokens() {}

  public static String admin() {
    return of("admin", "admin", Set.of());
  }

  public static String producer() {
    return of("producer", "producer", Set.of());
  }

  public static String alice() {
    return of("alice", "viewer", Set.of("staff"));
  }

  public static String bob() {
    return of("bob", "viewer", Set.of());
  }

  public static String of(String user, String role, Set<String> groups) {
    return of(user, role, groups, Duration.ofMinutes(5));
  }

  public static String of(String user, String role, Set<String> groups, Duration validFor) {
    return Jwt.preferredUserName(user)
        .subject("subject-of-" + user)
        .claim("realm_access", Map.of("roles", List.of(role)))
        .groups(groups)
        .issuer(ISSUER)
        .audience(ISSUER)
        .expiresAt(Instant.now().plus(validFor))
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }
}
