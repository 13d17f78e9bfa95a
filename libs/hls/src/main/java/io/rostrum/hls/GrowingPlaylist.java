package io.rostrum.hls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A media playlist while segments are added to it. A state of it costs the same with ten segments
 * and with twenty thousand.
 *
 * <p>Not thread safe: it belongs to whoever folds the timeline. The {@link PlaylistState}s it gives
 * out are immutable.
 */
public final class GrowingPlaylist {
  private static final int SETTLE = 32;

  /** Validators count segments where §6.2.2 counts seconds: parts in two segments satisfy both. */
  private static final int SEGMENTS_WITH_PARTS = 2;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final PlaylistSettings settings;
  private final long skipMicros;
  private final long partsMicros;
  private final boolean slides;
  private SettledText settled = SettledText.EMPTY;
  private final List<SegmentText> young = new ArrayList<>();
  private SegmentText[] shared;
  private long mediaSequence;
  private long discontinuitySequence;
  private int gaps;
  private int skippable;
  private int withoutParts;

  /**
   * @param settings a playlist without type slides, see {@link #removeBefore}
   * @param firstMsn number of the first segment that will be appended
   */
  public GrowingPlaylist(PlaylistSettings settings, long firstMsn) {
    this.settings = settings;
    this.slides = settings.type() == null;
    this.mediaSequence = firstMsn;
    ServerControl control = settings.serverControl();
    this.skipMicros =
        control == null || control.canSkipUntil() == null
            ? Long.MAX_VALUE
            : control.canSkipUntil().toNanos() / 1000;
    // §6.2.2: parts go when they are more than three target durations from the end. The end lies up
    // to one target duration behind the last complete segment.
    this.partsMicros = 2 * settings.targetDurationSeconds() * MICROS_PER_SECOND;
  }

  /**
   * Adds a complete segment. One that is longer than the target duration is taken: whoever cuts
   * segments has to see to it, and leaving it out would cost viewers more.
   *
   * @param discontinuitySequence discontinuities up to and with this segment
   */
  public void append(MediaSegment segment, long discontinuitySequence) {
    long before = discontinuitySequence - (segment.discontinuity() ? 1 : 0);
    if (young.isEmpty() && settled.segments() == 0) {
      this.discontinuitySequence = before;
    }
    if (segment.gap()) {
      gaps++;
    }
    young.add(SegmentText.of(segment, before, lastMap()));
    shared = null;
    measure();
    settle();
  }

  /** Number of the first segment. */
  public long mediaSequence() {
    return mediaSequence;
  }

  /** Number that the next segment gets. */
  public long nextMsn() {
    return mediaSequence + settled.segments() + young.size();
  }

  /**
   * Removes the segments in front of {@code msn} (§6.2.2). Only a playlist that slides may.
   *
   * @param msn not behind the last segment; nothing happens where it is before the first
   */
  public void removeBefore(long msn) {
    if (!slides) {
      throw new IllegalStateException("§6.2.1: nothing is removed from an EVENT playlist");
    }
    int count = (int) Math.min(Math.max(0, msn - mediaSequence), young.size());
    if (count > 0) {
      gaps -= (int) young.subList(0, count).stream().filter(s -> s.segment().gap()).count();
      young.subList(0, count).clear();
      mediaSequence += count;
      if (!young.isEmpty()) {
        discontinuitySequence = young.get(0).discontinuitySequence();
      }
      shared = null;
      measure();
    }
  }

  /** The playlist with {@code edge} behind the segments so far. */
  public PlaylistState state(LiveEdge edge) {
    if (shared == null) {
      shared = young.toArray(new SegmentText[0]);
    }
    return new PlaylistState(
        settings,
        mediaSequence,
        discontinuitySequence,
        gaps > 0,
        settled,
        shared,
        skippable,
        withoutParts,
        lastMap(),
        edge);
  }

  private String lastMap() {
    return young.isEmpty() ? null : young.get(young.size() - 1).segment().mapUri();
  }

  /** Finds the skip boundary (§4.4.3.8) and from where on parts are listed. */
  private void measure() {
    long behind = 0;
    int i = young.size();
    withoutParts = 0;
    while (i > 0 && behind < skipMicros) {
      i--;
      behind += young.get(i).micros();
      boolean old = behind > partsMicros || young.size() - i > SEGMENTS_WITH_PARTS;
      if (old && withoutParts == 0) {
        withoutParts = i + 1;
      }
    }
    // Segment i is the first that reaches the boundary; it may be cut by it, so it stays.
    skippable = behind < skipMicros ? 0 : i;
    for (int k = withoutParts - 1; k >= 0 && !young.get(k).segment().parts().isEmpty(); k--) {
      young.set(k, young.get(k).withoutParts());
    }
  }

  private void settle() {
    if (slides || skippable < SETTLE) {
      return;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(SETTLE * 96);
    for (SegmentText segment : young.subList(0, SETTLE)) {
      text.writeBytes(segment.text());
    }
    settled = settled.append(text.toByteArray(), SETTLE);
    young.subList(0, SETTLE).clear();
    skippable -= SETTLE;
    withoutParts = Math.max(0, withoutParts - SETTLE);
    shared = null;
  }
}
