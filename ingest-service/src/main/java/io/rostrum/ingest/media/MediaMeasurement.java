package io.rostrum.ingest.media;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Warning;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.VideoFormat;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * What there is to know of a publisher's media while it comes in: fed by {@link MediaIntake} with
 * every access unit, asked every few seconds. Bounded memory, and a few additions for each access
 * unit. Belongs to the connection's event loop.
 */
public final class MediaMeasurement {

  private static final long US_PER_MS = 1_000;

  /**
   * What was measured.
   *
   * @param video null where none has come
   * @param audio null where none has come
   * @param warnings most urgent first
   */
  public record Measured(
      HealthReport.Video video,
      HealthReport.Audio audio,
      long bitsPerSecond,
      long bytesReceived,
      long audioAheadMs,
      long timestampJumps,
      List<Warning> warnings) {
    public Measured {
      Objects.requireNonNull(warnings, "warnings");
    }
  }

  private final InstantSource clock;
  private final TrackMeasurement video;
  private final TrackMeasurement audio;
  private final KeyframeIntervals keyframes = new KeyframeIntervals();
  private final long startedMs;
  private VideoFormat videoFormat;
  private AudioFormat audioFormat;
  // Said in every report, and slow to write: written when the format changes.
  private String videoCodec;
  private String audioCodec;
  private long firstMediaMs = -1;
  private long jumps;
  private long lastJumpMs = Long.MIN_VALUE;
  private long videoDropped;
  private long audioDropped;
  private int extraTracks;
  private long baseDriftUs;
  private boolean driftKnown;

  /**
   * @param clock tells when frames come in; must not step
   */
  MediaMeasurement(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    startedMs = clock.millis();
    video = new TrackMeasurement();
    audio = new TrackMeasurement();
  }

  void video(VideoFormat format, long timeUs, boolean sync, int bytes) {
    if (format != videoFormat) {
      videoFormat = format;
      videoCodec = format.rfc6381();
    }
    long nowMs = arrived();
    video.add(timeUs, bytes, nowMs);
    rememberDrift();
    keyframes.add(timeUs, sync);
  }

  void audio(AudioFormat format, long timeUs, int bytes) {
    if (format != audioFormat) {
      audioFormat = format;
      audioCodec = format.rfc6381();
    }
    audio.add(timeUs, bytes, arrived());
    rememberDrift();
  }

  private long arrived() {
    long nowMs = clock.millis();
    if (firstMediaMs < 0) {
      firstMediaMs = nowMs;
    }
    return nowMs;
  }

  /** Timestamps jumped: what was measured of time does not go on. */
  void jumped() {
    jumps++;
    lastJumpMs = clock.millis();
    timesStartAnew();
  }

  /** What was measured of times does not go on, for a reason that viewers do not notice. */
  void timesStartAnew() {
    video.timesStartAnew();
    audio.timesStartAnew();
    keyframes.forget();
    driftKnown = false;
  }

  void videoDropped() {
    videoDropped++;
  }

  void audioDropped() {
    audioDropped++;
  }

  /** A track besides the ones that are used; {@code trackId} from 1. */
  public void extraTrack(int trackId) {
    extraTracks = Math.max(extraTracks, trackId);
  }

  /** How things stand now. */
  public Measured measure() {
    long nowMs = clock.millis();
    long aheadMs = audioAheadMs();
    HealthReport.Video v =
        videoFormat == null
            ? null
            : new HealthReport.Video(
                videoCodec,
                videoFormat.width(),
                videoFormat.height(),
                video.framesPerSecond(),
                video.bitsPerSecond(nowMs),
                keyframes.longestSeconds(),
                videoDropped);
    HealthReport.Audio a =
        audioFormat == null
            ? null
            : new HealthReport.Audio(
                audioCodec,
                audioFormat.sampleRate(),
                audioFormat.channels(),
                audio.bitsPerSecond(nowMs),
                audioDropped);
    MediaWarnings.Facts facts =
        new MediaWarnings.Facts(
            v,
            a,
            firstMediaMs < 0 ? 0 : nowMs - firstMediaMs,
            video.silentMs(nowMs),
            audio.silentMs(nowMs),
            keyframes.isUneven(),
            video.variesInRate(),
            aheadMs,
            speed(nowMs),
            video.bitrateRatio(nowMs),
            lastJumpMs == Long.MIN_VALUE ? Long.MAX_VALUE : nowMs - lastJumpMs,
            extraTracks);
    return new Measured(
        v,
        a,
        video.bitsPerSecond(nowMs) + audio.bitsPerSecond(nowMs),
        video.bytes() + audio.bytes(),
        aheadMs,
        jumps,
        MediaWarnings.of(facts));
  }

  /** Of the track that leads: sound may stop without anything being slow. */
  private double speed(long nowMs) {
    return videoFormat == null ? audio.speed(nowMs) : video.speed(nowMs);
  }

  /** When the connection's media was first waited for, milliseconds of the clock given. */
  public long startedMs() {
    return startedMs;
  }

  /** How much later audio of the same time arrives than it did at the start. */
  private long audioAheadMs() {
    return driftKnown ? (audio.lagUs() - video.lagUs() - baseDriftUs) / US_PER_MS : 0;
  }

  /** What the difference is at the start counts as none. */
  private void rememberDrift() {
    if (!driftKnown && video.lagKnown() && audio.lagKnown()) {
      driftKnown = true;
      baseDriftUs = audio.lagUs() - video.lagUs();
    }
  }
}
