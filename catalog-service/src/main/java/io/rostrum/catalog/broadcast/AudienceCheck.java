package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.catalog.problem.ProblemKind;
import io.rostrum.catalog.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Holds callers against audiences. A public broadcast admits without looking at the caller, so that
 * it needs no identity provider.
 */
@ApplicationScoped
public class AudienceCheck {
  private final Caller caller;

  AudienceCheck(Caller caller) {
    this.caller = caller;
  }

  /**
   * Passes whoever may know of the broadcast: its audience, and whoever manages broadcasts.
   *
   * @throws ProblemException 401 where sign-in would help, 403 where it did not
   */
  public void requireVisible(Broadcast broadcast) {
    if (!caller.isAdmittedBy(broadcast.effectiveAudience()) && !caller.isManager()) {
      throw refusal("You are not in the audience of this broadcast. Ask its producer to add you.");
    }
  }

  /**
   * Passes whoever may watch: its audience and whoever made it, the same that playback admits.
   *
   * @throws ProblemException 401 where sign-in would help, 403 where it did not
   */
  public void requireAdmitted(Broadcast broadcast) {
    if (!caller.isAdmittedBy(broadcast.effectiveAudience())) {
      throw refusal(
          caller.isManager()
              ? "You manage this broadcast but are not in its audience. Add yourself to it to watch."
              : "You are not in the audience of this broadcast. Ask its producer to add you.");
    }
  }

  private ProblemException refusal(String whereSignedIn) {
    return caller.isSignedIn()
        ? new ProblemException(ProblemKind.NOT_IN_AUDIENCE, whereSignedIn)
        : new ProblemException(
            ProblemKind.SIGN_IN_REQUIRED,
            "This broadcast is not public. Sign in and send the access token as"
                + " 'Authorization: Bearer TOKEN'.");
  }
}
