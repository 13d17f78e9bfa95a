package io.rostrum.playback.broadcast;

/**
 * When a playlist request that names a segment or part is answered (§6.2.5.2). Pure.
 *
 * <p>§6.2.5.2 asks for 400 (SHOULD) where the part lies further beyond the last one than the
 * Advance Part Limit. hls.js with low latency switched off asks for the last part that a full
 * segment would have; it is held instead, since an error sends it down to the lowest variant.
 */
public final class BlockingReload {
  private static final int IFRAMES_OF_A_SEGMENT = 12;

  private BlockingReload() {}

  /** What to do with the request now. */
  public enum Answer {
    /** The playlist has it: send it. */
    NOW,
    /** It is to come: hold the request. */
    HOLD,
    /** It is too far away: 400. */
    TOO_FAR
  }

  /**
   * @param msn {@code _HLS_msn}
   * @param part {@code _HLS_part}; -1 where absent
   */
  public static Answer decide(TrackView track, PlaylistForm form, long msn, int part) {
    if (track.event().ended() || msn < track.lastMsn()) {
      // Ended: directives are ignored. Past, even rolled off: the current playlist.
      return Answer.NOW;
    }
    if (msn > track.lastMsn() + 2) {
      return Answer.TOO_FAR;
    }
    if (msn == track.lastMsn()) {
      // A part beyond the last of a closed segment means part 0 of the next one.
      boolean listed = part < track.lastParts() || track.openParts() > 0;
      return listed ? Answer.NOW : Answer.HOLD;
    }
    if (msn == track.lastMsn() + 1 && part >= 0 && part < track.openParts()) {
      return Answer.NOW;
    }
    return tooFar(track, form, msn, part) ? Answer.TOO_FAR : Answer.HOLD;
  }

  /**
   * The same for a playlist without parts that counts by itself: one of I-frames.
   *
   * @param next number of the next segment that it will list
   */
  public static Answer decide(boolean ended, long next, long msn) {
    if (ended || msn < next) {
      return Answer.NOW;
    }
    // A segment adds some I-frames at once: two segments ahead is what others may ask for.
    return msn > next + 2L * IFRAMES_OF_A_SEGMENT ? Answer.TOO_FAR : Answer.HOLD;
  }

  private static boolean tooFar(TrackView track, PlaylistForm form, long msn, int part) {
    int lastPart = msn == track.lastMsn() + 1 ? track.openParts() - 1 : -1;
    return part - lastPart > form.advancePartLimit() && part >= partsOfLongestSegment(track, form);
  }

  private static long partsOfLongestSegment(TrackView track, PlaylistForm form) {
    long partTicks = track.rendition().partDurationTicks();
    if (partTicks <= 0) {
      partTicks = Math.max(1, form.partTarget().toMillis() * track.rendition().timescale() / 1000);
    }
    long longest = (long) form.targetDurationSeconds() * track.rendition().timescale();
    return (longest + partTicks - 1) / partTicks;
  }
}
