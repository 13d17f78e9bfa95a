package io.rostrum.catalog.problem;

/**
 * What is wrong with one field.
 *
 * @param field as in JavaScript, e.g. {@code audience.rules[0].kind}; a query parameter's name;
 *     empty where the document as a whole is wrong
 * @param message what it must be
 */
public record FieldError(String field, String message) {}
