package io.rostrum.catalog.problem;

/**
 * The catalogue of problems: {@code type} and {@code title} are stable, scripts may rely on them.
 */
public enum ProblemKind {
  INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
  SIGN_IN_REQUIRED(401, "sign-in-required", "Sign-in is required"),
  INVALID_TOKEN(401, "invalid-token", "The access token is not valid"),
  FORBIDDEN(403, "forbidden", "Not allowed"),
  NOT_IN_AUDIENCE(403, "not-in-audience", "Not in the audience"),
  NOT_FOUND(404, "not-found", "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed"),
  NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable form of the answer"),
  WRONG_STATE(409, "wrong-state", "The broadcast's state does not allow it"),
  LIMIT_REACHED(409, "limit-reached", "A limit is reached"),
  TOO_LARGE(413, "too-large", "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body's media type is not supported"),
  REFUSED(400, "refused", "The request was refused"),
  INTERNAL(500, "internal", "Something went wrong in the catalog"),
  IDENTITY_PROVIDER_AWAY(503, "identity-provider-away", "Sign-in cannot be checked right now"),
  DATABASE_AWAY(503, "database-away", "The catalog's database is away");

  private final int status;
  private final String slug;
  private final String title;

  ProblemKind(int status, String slug, String title) {
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The problem type, a URN. */
  public String type() {
    return "urn:rostrum:problem:" + slug;
  }

  /** Short, the same for every occurrence. */
  public String title() {
    return title;
  }
}
