package io.rostrum.catalog.problem;

import java.util.List;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public ProblemException(ProblemKind kind, String detail) {
    this(Problem.of(kind, detail));
  }

  /** A field or parameter that is wrong. */
  public static ProblemException ofField(String field, String message) {
    return new ProblemException(Problem.ofFields(List.of(new FieldError(field, message))));
  }

  public Problem problem() {
    return problem;
  }
}
