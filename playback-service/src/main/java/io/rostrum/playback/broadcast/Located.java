package io.rostrum.playback.broadcast;

import io.rostrum.playback.segment.MediaBytes;
import io.rostrum.playback.segment.SegmentRef;

/** Where a segment or a part is. */
public sealed interface Located {
  /**
   * On this node.
   *
   * @param bytes all of it
   */
  record Here(MediaBytes bytes) implements Located {}

  /**
   * In the object store.
   *
   * @param ref the segment
   * @param key its object
   * @param segmentBytes size of the segment
   * @param offset where the wanted bytes start in it
   * @param length how many they are
   */
  record Stored(SegmentRef ref, String key, long segmentBytes, long offset, long length)
      implements Located {}

  /** It is to come, or on its way to this node. */
  record Later() implements Located {}

  /**
   * There is none, and will be none.
   *
   * @param why for the problem document
   */
  record Never(String why) implements Located {}
}
