package io.rostrum.catalog.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Requests that are wrong in themselves: form, fields, method, media type. */
class RequestProblems {
  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return e.problem().toResponse();
  }

  @ServerExceptionMapper
  Response invalidFields(ConstraintViolationException e) {
    List<FieldError> errors =
        e.getConstraintViolations().stream()
            .map(violation -> new FieldError(FieldPath.of(violation), violation.getMessage()))
            .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
            .toList();
    return Problem.ofFields(errors).toResponse();
  }

  // Registered for each class by itself: the framework has mappers of its own for some of them.
  @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
  Response unreadableJson(JsonProcessingException e) {
    return Problem.ofFields(List.of(JsonProblem.describe(e))).toResponse();
  }

  @ServerExceptionMapper
  Response byTheFramework(WebApplicationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException json) {
        return Problem.ofFields(List.of(JsonProblem.describe(json))).toResponse();
      }
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    return StatusProblem.of(status).toResponse();
  }
}
