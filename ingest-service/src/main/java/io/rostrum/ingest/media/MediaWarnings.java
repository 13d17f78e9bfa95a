package io.rostrum.ingest.media;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a producer should hear about a publisher's media, in plain words and the most urgent first.
 */
final class MediaWarnings {

  /** Time in which encoders and the network settle. */
  private static final long SETTLED_MS = 5_000;

  private static final long SILENT_MS = 3_000;
  private static final double LONG_INTERVAL_SECONDS = 4.2;
  private static final long DRIFT_MS = 150;
  private static final double SLOW = 0.95;
  private static final double UNSTABLE = 4;
  private static final long JUMP_REMEMBERED_MS = 30_000;

  /**
   * Bits for each pixel of each frame, below which H.264 shows blocks; the newer codecs need half.
   */
  private static final double LOW_BITS_PER_PIXEL = 0.01;

  /**
   * What is so.
   *
   * @param video null where none has come
   * @param audio null where none has come
   * @param mediaMs since the first media
   * @param videoSilentMs since the last video
   * @param audioSilentMs since the last audio
   * @param audioAheadMs see {@link HealthReport.Publisher}
   * @param speed media seconds for each second
   * @param bitrateRatio see {@link TrackMeasurement#bitrateRatio}
   * @param sinceJumpMs since timestamps jumped
   * @param extraTracks tracks that are not used
   */
  record Facts(
      HealthReport.Video video,
      HealthReport.Audio audio,
      long mediaMs,
      long videoSilentMs,
      long audioSilentMs,
      boolean unevenKeyframes,
      boolean varyingRate,
      long audioAheadMs,
      double speed,
      double bitrateRatio,
      long sinceJumpMs,
      int extraTracks) {}

  private final List<Warning> warnings = new ArrayList<>();

  private MediaWarnings() {}

  static List<Warning> of(Facts facts) {
    MediaWarnings made = new MediaWarnings();
    if (facts.mediaMs >= SETTLED_MS) {
      made.aboutTracks(facts);
      made.aboutDelivery(facts);
    }
    if (facts.video != null) {
      made.aboutVideo(facts);
    }
    if (facts.extraTracks > 0) {
      made.add(
          "EXTRA_TRACKS",
          "The encoder sends more than one video or audio track; only the first of each is used."
              + " Switch multitrack off.");
    }
    return made.warnings;
  }

  private void aboutTracks(Facts facts) {
    if (facts.videoSilentMs > SILENT_MS) {
      add(
          "NO_VIDEO",
          facts.video == null
              ? "No picture arrives, only sound. Check the encoder's video source and codec."
              : "The picture has stopped. Check the encoder's video source.");
    }
    if (facts.audioSilentMs > SILENT_MS) {
      add(
          "NO_AUDIO",
          facts.audio == null
              ? "No sound arrives. Add an audio source in the encoder, or unmute it."
              : "The sound has stopped. Check the encoder's audio source.");
    }
  }

  private void aboutDelivery(Facts facts) {
    // What has stopped is not slow, and is said already.
    long silentMs = facts.video == null ? facts.audioSilentMs : facts.videoSilentMs;
    if (facts.speed < SLOW && silentMs <= SILENT_MS) {
      add(
          "SLOWER_THAN_REAL_TIME",
          "Only %d %% of real time arrives: the encoder or its uplink is too slow. Lower the bitrate, or the encoder's preset."
              .formatted(Math.round(facts.speed * 100)));
    }
    if (facts.sinceJumpMs < JUMP_REMEMBERED_MS) {
      add(
          "TIMESTAMP_JUMP",
          "The encoder's clock jumped; viewers see a cut. Restart the encoder if it happens"
              + " again.");
    }
    if (Math.abs(facts.audioAheadMs) > DRIFT_MS) {
      add(
          "AV_DRIFT",
          "Sound and picture have drifted apart by %d ms since the start. Set all audio devices of the encoder to the same sample rate, and restart it."
              .formatted(Math.abs(facts.audioAheadMs)));
    }
    if (facts.video != null && facts.bitrateRatio > UNSTABLE) {
      add(
          "BITRATE_UNSTABLE",
          "The bitrate goes up and down. Set a constant bitrate (CBR) in the encoder, and use a"
              + " wired network.");
    }
  }

  private void aboutVideo(Facts facts) {
    HealthReport.Video video = facts.video;
    if (video.keyframeIntervalSeconds() > LONG_INTERVAL_SECONDS) {
      add(
          "KEYFRAME_INTERVAL_LONG",
          "Keyframes every %s s: set the keyframe interval to 2 s in OBS under Settings, Output."
              .formatted(decimal(video.keyframeIntervalSeconds())));
    } else if (facts.unevenKeyframes) {
      add(
          "KEYFRAME_INTERVAL_UNEVEN",
          "Keyframes come unevenly, up to %s s apart: set a fixed keyframe interval of 2 s in the encoder."
              .formatted(decimal(video.keyframeIntervalSeconds())));
    }
    boolean newer = !video.codec().startsWith("avc1");
    double pixels = video.width() * (double) video.height() * video.framesPerSecond();
    double lowest = pixels * LOW_BITS_PER_PIXEL * (newer ? 0.5 : 1);
    if (facts.mediaMs >= SETTLED_MS
        && video.bitsPerSecond() > 0
        && video.bitsPerSecond() < lowest) {
      add(
          "BITRATE_LOW",
          "%d kb/s is little for %dx%d: raise the video bitrate in the encoder, or lower the resolution."
              .formatted(video.bitsPerSecond() / 1000, video.width(), video.height()));
    }
    if (facts.varyingRate) {
      add(
          "FRAME_RATE_VARIABLE",
          "The frame rate varies. Set a constant frame rate in the encoder.");
    }
    if (newer) {
      add(
          "CODEC_ENCODED_FOR_VIEWERS",
          "%s is recorded as it comes, and encoded to H.264 for viewers. H.264 from the encoder costs less and reaches more players untouched."
              .formatted(name(video.codec())));
    }
  }

  private void add(String code, String text) {
    warnings.add(new Warning(code, text));
  }

  private static String decimal(double value) {
    double tenths = Math.rint(value * 10) / 10;
    return tenths == Math.rint(tenths)
        ? Long.toString((long) tenths)
        : String.format(Locale.ROOT, "%.1f", tenths);
  }

  private static String name(String codec) {
    return switch (codec.substring(0, 4)) {
      case "hvc1" -> "HEVC";
      case "av01" -> "AV1";
      case "vp09" -> "VP9";
      case "vp08" -> "VP8";
      default -> codec;
    };
  }
}
