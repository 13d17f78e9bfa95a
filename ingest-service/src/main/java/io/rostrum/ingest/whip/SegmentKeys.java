package io.rostrum.ingest.whip;

/**
 * When a key frame is due so that the next segment can start: browsers send none unless asked. Goes
 * by the cutting rule of DESIGN.md, "Cutting": a segment starts at the first key frame at or after
 * 4 s, or earlier where the next could come too late.
 */
final class SegmentKeys {

  static final long TARGET_US = 4_000_000;

  /** A key frame this far into a segment starts the next: another 4 s would be more than 6. */
  static final long EARLY_CUT_US = 1_900_000;

  private boolean started;
  private long segmentStartUs;

  /** Whether to ask for a key frame behind this frame. */
  boolean isDue(long timeUs, boolean key) {
    if (key && (!started || timeUs - segmentStartUs >= EARLY_CUT_US)) {
      started = true;
      segmentStartUs = timeUs;
    }
    return started && timeUs - segmentStartUs >= TARGET_US;
  }
}
