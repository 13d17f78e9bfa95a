package io.rostrum.benchmarks;

/** A program that a benchmark needs is not on this machine; the message says how to get it. */
public final class MissingProgram extends Exception {
  private static final long serialVersionUID = 1L;

  public MissingProgram(String message) {
    super(message);
  }
}
