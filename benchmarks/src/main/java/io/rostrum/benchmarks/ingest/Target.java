package io.rostrum.benchmarks.ingest;

import io.rostrum.benchmarks.process.Usage;
import java.io.IOException;
import java.util.List;

/** A server that takes RTMP publishers, running. */
interface Target extends AutoCloseable {
  String name();

  int rtmpPort();

  /** The application that publishers name. */
  String app();

  /** Stream keys that it lets in, at least as many as publishers will come. */
  List<String> keys();

  /** What it used so far. */
  Usage usage() throws IOException;

  /** What others used for it so far: its broker. */
  Usage othersUsage() throws IOException;

  @Override
  void close();
}
