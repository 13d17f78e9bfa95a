/** A whole Rostrum to measure, as its launcher starts it. */
package io.rostrum.benchmarks.stack;
