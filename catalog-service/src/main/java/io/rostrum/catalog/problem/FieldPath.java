package io.rostrum.catalog.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.List;

/** Names of fields as the caller wrote them. */
final class FieldPath {
  private FieldPath() {}

  /** Without the method and, for bodies, the parameter that the framework puts in front. */
  static String of(ConstraintViolation<?> violation) {
    StringBuilder path = new StringBuilder();
    String parameter = "";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.PARAMETER) {
        parameter = node.getName();
      } else if (node.getKind() != ElementKind.METHOD) {
        if (node.isInIterable() && node.getIndex() != null) {
          path.append('[').append(node.getIndex()).append(']');
        }
        if (node.getKind() == ElementKind.PROPERTY) {
          append(path, node.getName());
        }
      }
    }
    boolean body = "request".equals(parameter);
    return path.length() == 0 && !body ? parameter : path.toString();
  }

  static String of(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : references) {
      if (reference.getFieldName() != null) {
        append(path, reference.getFieldName());
      } else if (reference.getIndex() >= 0) {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static void append(StringBuilder path, String name) {
    path.append(path.length() == 0 ? "" : ".").append(name);
  }
}
