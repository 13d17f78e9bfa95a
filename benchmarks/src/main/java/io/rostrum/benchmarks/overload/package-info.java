/**
 * What more broadcasts than the processor can encode cost those who watch, and their recordings.
 */
package io.rostrum.benchmarks.overload;
