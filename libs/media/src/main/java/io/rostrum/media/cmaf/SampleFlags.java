package io.rostrum.media.cmaf;

/** The 32 bits of sample_flags, ISO/IEC 14496-12:2022 §8.8.3.1. */
final class SampleFlags {

  /** sample_depends_on 2 (no others), sample_is_non_sync_sample 0. */
  static final int SYNC = 2 << 24;

  /** sample_depends_on 1 (others), sample_is_non_sync_sample 1. */
  static final int NON_SYNC = 1 << 24 | 1 << 16;

  private SampleFlags() {}

  static int of(boolean sync) {
    return sync ? SYNC : NON_SYNC;
  }

  static boolean isSync(int flags) {
    return (flags & 1 << 16) == 0;
  }
}
