/**
 * The real parts that the tests run on: processes of local-stack, or containers with {@code
 * -Pcontainers}.
 */
package io.rostrum.catalog.stack;
