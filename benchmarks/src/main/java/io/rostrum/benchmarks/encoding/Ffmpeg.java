package io.rostrum.benchmarks.encoding;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/** The ffmpeg program of the jar: built from the sources that the codec child's libraries are. */
final class Ffmpeg {
  private Ffmpeg() {}

  /** Where it is, unpacked. Its libraries lie beside it, and some are named without a path. */
  static Path program() {
    return Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
  }
}
