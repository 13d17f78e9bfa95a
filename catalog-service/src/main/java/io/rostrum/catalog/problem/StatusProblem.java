package io.rostrum.catalog.problem;

/** Problems that only a status is known of, because the framework found them. */
final class StatusProblem {
  private StatusProblem() {}

  static Problem of(int status) {
    return switch (status) {
      case 401 ->
          Problem.of(
              ProblemKind.SIGN_IN_REQUIRED,
              "Sign in and send the access token as 'Authorization: Bearer TOKEN'.");
      case 403 -> Problem.of(ProblemKind.FORBIDDEN, "Your role does not allow this call.");
      case 404 ->
          Problem.of(
              ProblemKind.NOT_FOUND,
              "No resource has this address. GET /api/openapi lists those there are.");
      case 405 ->
          Problem.of(
              ProblemKind.METHOD_NOT_ALLOWED,
              "This address does not know the method. GET /api/openapi lists those it knows.");
      case 406 ->
          Problem.of(
              ProblemKind.NOT_ACCEPTABLE, "Answers are JSON: send 'Accept: application/json'.");
      case 413 ->
          Problem.of(ProblemKind.TOO_LARGE, "A body may have 256 KiB at most. Send a smaller one.");
      case 415 ->
          Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "Bodies are JSON: send 'Content-Type: application/json'.");
      default ->
          status >= 500
              ? Problem.of(
                      ProblemKind.INTERNAL, "Try again; if it lasts, look into the catalog's log.")
                  .withStatus(status)
              : Problem.of(
                      ProblemKind.REFUSED,
                      "The request could not be understood. GET /api/openapi describes the calls.")
                  .withStatus(status);
    };
  }
}
