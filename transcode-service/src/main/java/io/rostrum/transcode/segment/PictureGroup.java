package io.rostrum.transcode.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * The pictures since the last IDR, for a segment that has to start between two of them: the codec
 * worker decodes from the IDR and shows from the segment's start.
 */
final class PictureGroup {
  /** DESIGN.md, "Cutting": the ladder decodes from the last IDR, at most 20 s back. */
  private static final long MAX_TICKS = 20 * 90_000L;

  private final List<VideoSample> pictures = new ArrayList<>();
  private long firstOffset = -1;
  private boolean tooLong;

  void add(VideoSample picture, long sourceOffset) {
    if (picture.sync()) {
      clear();
      firstOffset = sourceOffset;
    }
    if (firstOffset < 0 || tooLong) {
      return;
    }
    if (!pictures.isEmpty() && picture.ptsTicks() - pictures.get(0).ptsTicks() > MAX_TICKS) {
      pictures.clear();
      tooLong = true;
      return;
    }
    pictures.add(picture);
  }

  /**
   * What a decoder needs before the next picture; empty where the last IDR is unknown or too long
   * ago.
   */
  List<VideoSample> preRoll() {
    return List.copyOf(pictures);
  }

  /** The record of the last IDR, or {@code otherwise}. */
  long firstOffset(long otherwise) {
    return pictures.isEmpty() ? otherwise : firstOffset;
  }

  /** Goes on from what {@link #preRoll} and {@link #firstOffset} gave. */
  void restore(List<VideoSample> preRoll, long offset) {
    clear();
    pictures.addAll(preRoll);
    firstOffset = preRoll.isEmpty() ? -1 : offset;
  }

  /** Moves all of it later: what it is the pre-roll of goes on later than it would have. */
  void shift(long ticks) {
    pictures.replaceAll(picture -> picture.later(ticks));
  }

  void clear() {
    pictures.clear();
    firstOffset = -1;
    tooLong = false;
  }
}
