package io.rostrum.catalog.security;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.rostrum.contracts.broadcast.Audience;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who sent the request. The token is verified when somebody first asks, never before: a public
 * broadcast can be read with the identity provider away, whatever token comes along.
 */
@RequestScoped
public class Caller {
  private final SecurityIdentity identity;
  private final HttpHeaders headers;

  Caller(SecurityIdentity identity, HttpHeaders headers) {
    this.identity = identity;
    this.headers = headers;
  }

  /** Whether a valid token came along. A call without any never reaches the identity provider. */
  public boolean isSignedIn() {
    return headers.getHeaderString(HttpHeaders.AUTHORIZATION) != null && !identity.isAnonymous();
  }

  /** The user name; null where nobody signed in. */
  public String userName() {
    return isSignedIn() ? identity.getPrincipal().getName() : null;
  }

  /** The caller's groups, without Keycloak's leading slash; empty where nobody signed in. */
  public Set<String> groups() {
    if (!isSignedIn()) {
      return Set.of();
    }
    Principal principal = identity.getPrincipal();
    Set<String> groups = principal instanceof JsonWebToken token ? token.getGroups() : null;
    if (groups == null) {
      return Set.of();
    }
    return groups.stream()
        .map(group -> group.startsWith("/") ? group.substring(1) : group)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the caller manages broadcasts. */
  public boolean isManager() {
    return isSignedIn() && (identity.hasRole(Role.ADMIN) || identity.hasRole(Role.PRODUCER));
  }

  /**
   * Whether the caller manages broadcasts, and false where that cannot be found out: for what
   * everybody may see anyway, where a token that is not accepted only takes the extras away.
   */
  public boolean isKnownManager() {
    try {
      return isManager();
    } catch (AuthenticationFailedException | OIDCException expected) {
      return false;
    }
  }

  /** Whether the caller belongs to the audience. */
  public boolean isAdmittedBy(Audience audience) {
    return audience.isPublic() || (isSignedIn() && audience.admits(userName(), groups()));
  }
}
