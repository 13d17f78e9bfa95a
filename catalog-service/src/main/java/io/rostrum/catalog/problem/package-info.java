/**
 * Errors as RFC 9457 problem documents. Each says in {@code detail} what to do next, and names the
 * fields that are wrong in {@code errors}.
 */
package io.rostrum.catalog.problem;
