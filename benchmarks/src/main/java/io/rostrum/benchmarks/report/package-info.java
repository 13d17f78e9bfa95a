/** How figures are shown and kept. */
package io.rostrum.benchmarks.report;
