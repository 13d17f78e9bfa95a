/**
 * Figures, each beside a reference measured in the same run on the same machine. {@code ./rostrum
 * bench} runs them all, {@code ./rostrum bench NAME} one.
 */
package io.rostrum.benchmarks;
