package io.rostrum.hls;

import java.time.Duration;

/**
 * What never changes in the life of a media playlist: clients stop where it does.
 *
 * @param type null for a playlist that slides
 * @param targetDurationSeconds EXT-X-TARGETDURATION, at least 1 (§4.4.3.1)
 * @param partTarget PART-TARGET (§4.4.3.7); null without parts
 * @param serverControl null for none
 * @param iframesOnly whether each segment is a single I-frame (§4.4.3.6)
 */
public record PlaylistSettings(
    PlaylistType type,
    int targetDurationSeconds,
    Duration partTarget,
    ServerControl serverControl,
    boolean iframesOnly) {
  public PlaylistSettings {
    if (targetDurationSeconds < 1) {
      throw new IllegalArgumentException("§4.4.3.1: EXT-X-TARGETDURATION is at least 1");
    }
    if (serverControl != null) {
      check(targetDurationSeconds, partTarget, serverControl);
    } else if (partTarget != null) {
      throw new IllegalArgumentException("§4.4.3.8: with parts there is a PART-HOLD-BACK");
    }
    if (iframesOnly && partTarget != null) {
      throw new IllegalArgumentException("§4.4.4.9: a playlist of I-frames has no parts");
    }
  }

  /** Settings of a playlist of whole segments. */
  public PlaylistSettings(
      PlaylistType type,
      int targetDurationSeconds,
      Duration partTarget,
      ServerControl serverControl) {
    this(type, targetDurationSeconds, partTarget, serverControl, false);
  }

  /** Settings of a low-latency playlist with the usual distances from the edge. */
  public static PlaylistSettings lowLatency(
      PlaylistType type, int targetDurationSeconds, Duration partTarget) {
    return new PlaylistSettings(
        type,
        targetDurationSeconds,
        partTarget,
        ServerControl.lowLatency(targetDurationSeconds, partTarget));
  }

  /** The same for the I-frames of the presentation: one server control for all (§6.2.4). */
  public PlaylistSettings ofIframes() {
    return new PlaylistSettings(type, targetDurationSeconds, null, serverControl, true);
  }

  /** Settings of a playlist that never changes. */
  public static PlaylistSettings vod(int targetDurationSeconds) {
    return new PlaylistSettings(PlaylistType.VOD, targetDurationSeconds, null, null);
  }

  private static void check(int targetDurationSeconds, Duration partTarget, ServerControl control) {
    Duration target = Duration.ofSeconds(targetDurationSeconds);
    if (control.canSkipUntil() != null
        && control.canSkipUntil().compareTo(target.multipliedBy(6)) < 0) {
      throw new IllegalArgumentException(
          "§4.4.3.8: CAN-SKIP-UNTIL is at least six target durations");
    }
    if (control.holdBack() != null && control.holdBack().compareTo(target.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException("§4.4.3.8: HOLD-BACK is at least three target durations");
    }
    if (partTarget != null
        && (control.partHoldBack() == null
            || control.partHoldBack().compareTo(partTarget.multipliedBy(2)) < 0)) {
      throw new IllegalArgumentException("§4.4.3.8: PART-HOLD-BACK is at least two part targets");
    }
  }
}
