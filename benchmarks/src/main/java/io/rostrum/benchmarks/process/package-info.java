/** What processes cost. */
package io.rostrum.benchmarks.process;
