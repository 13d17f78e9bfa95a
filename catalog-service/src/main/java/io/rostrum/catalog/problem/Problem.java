package io.rostrum.catalog.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * A problem document (RFC 9457 §3).
 *
 * @param type stable URN of the kind of problem
 * @param title short text of the kind
 * @param status HTTP status
 * @param detail what happened here and what to do next
 * @param errors the fields that are wrong; null where the problem is not about fields
 */
public record Problem(
    String type, String title, int status, String detail, List<FieldError> errors) {
  /** Media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = errors == null || errors.isEmpty() ? null : List.copyOf(errors);
  }

  /** A problem that is not about fields. */
  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind.type(), kind.title(), kind.status(), detail, null);
  }

  /** Fields that are wrong. */
  public static Problem ofFields(List<FieldError> errors) {
    FieldError first = errors.get(0);
    String where = first.field().isEmpty() ? "The body" : "'" + first.field() + "'";
    String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
    return new Problem(
        ProblemKind.INVALID_REQUEST.type(),
        ProblemKind.INVALID_REQUEST.title(),
        ProblemKind.INVALID_REQUEST.status(),
        where + " " + first.message() + more + ". Correct it and send the request again.",
        errors);
  }

  /** The same with another status of the same class, as the framework chose it. */
  Problem withStatus(int other) {
    return new Problem(type, title, other, detail, errors);
  }

  /** The answer. 401 carries a challenge (RFC 9110 §11.6.1), 503 says when to come back. */
  public Response toResponse() {
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(this).header("Cache-Control", "no-store");
    if (status == 401) {
      boolean badToken = type.equals(ProblemKind.INVALID_TOKEN.type());
      response.header(
          HttpHeaders.WWW_AUTHENTICATE,
          badToken
              ? "Bearer realm=\"rostrum\", error=\"invalid_token\""
              : "Bearer realm=\"rostrum\"");
    }
    if (status == 503) {
      response.header(HttpHeaders.RETRY_AFTER, "3");
    }
    return response.build();
  }
}
