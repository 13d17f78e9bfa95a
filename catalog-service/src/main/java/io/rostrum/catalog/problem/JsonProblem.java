package io.rostrum.catalog.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong with a JSON body, in the caller's words and not in Java's. */
final class JsonProblem {
  private JsonProblem() {}

  static FieldError describe(JacksonException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return new FieldError("", "is not valid JSON" + at(e.getLocation()));
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException inner && !(inner instanceof JsonMappingException)) {
        return new FieldError("", "is not valid JSON" + at(inner.getLocation()));
      }
    }
    return new FieldError(FieldPath.of(mapping.getPath()), message(mapping));
  }

  private static String message(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "is unknown; known are "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (e instanceof InvalidFormatException format && format.getTargetType() != null) {
      return "must be " + expected(format.getTargetType());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return mismatch.getPath().isEmpty()
          ? ofWholeBody(mismatch)
          : "must be " + expected(mismatch.getTargetType());
    }
    return "cannot be read";
  }

  // Jackson has no types for these two, only texts.
  private static String ofWholeBody(MismatchedInputException e) {
    if (e.getMessage().startsWith("No content to map")) {
      return "is empty; send a JSON object";
    }
    return e.getMessage().startsWith("Trailing token")
        ? "has something behind its JSON object"
        : "must be " + expected(e.getTargetType());
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == Instant.class) {
      return "a point in time as in ISO 8601, e.g. 2026-03-01T09:00:00Z";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    return Map.class.isAssignableFrom(type) || !type.getName().startsWith("java.")
        ? "an object"
        : "of another type";
  }

  private static String at(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
