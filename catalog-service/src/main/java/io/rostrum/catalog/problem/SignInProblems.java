package io.rostrum.catalog.problem;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tokens that are missing, wrong, not enough, or cannot be checked. */
class SignInProblems {
  @ServerExceptionMapper
  Response missing(UnauthorizedException e) {
    return StatusProblem.of(401).toResponse();
  }

  @ServerExceptionMapper
  Response wrong(AuthenticationFailedException e) {
    if (cannotBeChecked(e)) {
      return providerAway();
    }
    return Problem.of(
            ProblemKind.INVALID_TOKEN,
            "The token has expired or was not issued for this system. Sign in again.")
        .toResponse();
  }

  @ServerExceptionMapper
  Response notEnough(ForbiddenException e) {
    return Problem.of(
            ProblemKind.FORBIDDEN,
            "This call is for the roles producer and admin. Ask an administrator for the role.")
        .toResponse();
  }

  @ServerExceptionMapper
  Response unreachable(OIDCException e) {
    return providerAway();
  }

  private static boolean cannotBeChecked(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof TimeoutException
          || cause instanceof OIDCException) {
        return true;
      }
    }
    return false;
  }

  private static Response providerAway() {
    return Problem.of(
            ProblemKind.IDENTITY_PROVIDER_AWAY,
            "The identity provider does not answer. Public broadcasts can be watched meanwhile;"
                + " try again in a few seconds.")
        .toResponse();
  }
}
