/** How long media takes from a publisher's socket to the topics behind. */
package io.rostrum.benchmarks.latency;
