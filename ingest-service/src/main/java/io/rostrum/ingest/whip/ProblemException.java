package io.rostrum.ingest.whip;

/** Carries a problem to where requests are answered. */
final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
