package io.rostrum.benchmarks;

import io.rostrum.benchmarks.report.Report;

/** Something that can be measured. Starts what it needs, and stops it before it returns. */
public interface Benchmark {
  /** The name on the command line and of the file with the result. */
  String name();

  /** What it measures and beside what, in one line. */
  String question();

  /**
   * Measures.
   *
   * @throws MissingProgram if the machine lacks something; says what
   */
  Report run() throws Exception;
}
