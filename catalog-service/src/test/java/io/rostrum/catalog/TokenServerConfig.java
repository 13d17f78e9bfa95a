package io.rostrum.catalog;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points the catalog at the realm of {@code OidcWiremockTestResource}. */
public final class TokenServerConfig implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "quarkus.oidc.auth-server-url",
        "${keycloak.url}/realms/quarkus",
        "quarkus.oidc.token.issuer",
        Tokens.ISSUER);
  }

  @Override
  public void stop() {}
}
