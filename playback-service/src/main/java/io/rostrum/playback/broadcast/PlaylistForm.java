package io.rostrum.playback.broadcast;

import io.rostrum.contracts.PartTarget;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.PlaylistSettings;
import io.rostrum.hls.PlaylistType;
import io.rostrum.hls.ServerControl;
import java.time.Duration;
import java.util.List;

/**
 * What all playlists of a broadcast have in common. The same for its whole life: players stop where
 * one of these changes.
 *
 * @param targetDurationSeconds EXT-X-TARGETDURATION
 * @param partTarget PART-TARGET, which the ladder says
 */
public record PlaylistForm(int targetDurationSeconds, Duration partTarget) {
  /**
   * Before the first publication.
   *
   * @param targetDurationSeconds EXT-X-TARGETDURATION
   */
  public static PlaylistForm of(int targetDurationSeconds) {
    return new PlaylistForm(targetDurationSeconds, Duration.ofMillis(PartTarget.DEFAULT_MS));
  }

  /** The same with the parts of this ladder. */
  PlaylistForm with(List<Rendition> ladder) {
    return ladder.isEmpty()
        ? this
        : new PlaylistForm(targetDurationSeconds, Duration.ofMillis(ladder.get(0).partTargetMs()));
  }

  /** From the start, with parts. */
  public PlaylistSettings event() {
    return PlaylistSettings.lowLatency(PlaylistType.EVENT, targetDurationSeconds, partTarget);
  }

  /** A sliding window, with parts. */
  public PlaylistSettings sliding() {
    return PlaylistSettings.lowLatency(null, targetDurationSeconds, partTarget);
  }

  /** From some point on while it is live: far from the edge, so without parts. */
  public PlaylistSettings startOver() {
    ServerControl lowLatency = ServerControl.lowLatency(targetDurationSeconds, partTarget);
    return new PlaylistSettings(
        PlaylistType.EVENT,
        targetDurationSeconds,
        null,
        new ServerControl(true, lowLatency.canSkipUntil(), lowLatency.holdBack(), null));
  }

  /** A clip. */
  public PlaylistSettings vod() {
    return PlaylistSettings.vod(targetDurationSeconds);
  }

  /** How long a request is held at most: 3 target durations (§6.2.5.2). */
  public Duration holdLimit() {
    return Duration.ofSeconds(3L * targetDurationSeconds);
  }

  /** §6.2.5.2: how far beyond the last part a request may be. */
  public int advancePartLimit() {
    long partMillis = partTarget.toMillis();
    return partMillis < 1000 ? (int) Math.ceil(3000.0 / partMillis) : 3;
  }
}
