package io.rostrum.transcode.ladder;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.FrameRate;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import java.util.ArrayList;
import java.util.List;

/** Chooses the renditions of a broadcast from the formats of its first publication. */
public final class LadderFactory {
  /** Ticks per second of every video rendition. */
  public static final int VIDEO_TIMESCALE = 90_000;

  /** What an encoded rendition declares until its encoder has said what it writes. */
  static final String CODECS_UNKNOWN = "avc1";

  private static final int MAX_TERM = 200_000;
  private static final FrameRate FALLBACK_RATE = new FrameRate(30, 1);
  private static final int KEYFRAME_INTERVAL_SECONDS = 2;

  private final List<RungTemplate> templates;
  private final int maxRungs;
  private final int maxFrameRate;
  private final String preset;

  /**
   * @param rungNames the rungs to choose from, best first, each a name of {@link RungTemplate#ALL}
   * @param maxRungs how many at most
   * @param maxFrameRate frames per second that encoded renditions have at most
   * @throws IllegalArgumentException if a rung is not known
   */
  public LadderFactory(List<String> rungNames, int maxRungs, int maxFrameRate, String preset) {
    this.templates = rungNames.stream().map(RungTemplate::named).toList();
    this.maxRungs = maxRungs;
    this.maxFrameRate = maxFrameRate;
    this.preset = preset;
  }

  /**
   * @param video the video track's format; null without one
   * @param measured the frame rate its first frames have; null where they tell none
   * @param audio the audio track's format; null without one
   */
  public Ladder choose(VideoFormat video, FrameRate measured, AudioFormat audio) {
    List<Rendition> renditions = new ArrayList<>();
    List<Rung> rungs = new ArrayList<>();
    if (video != null) {
      FrameRate rate = plausible(measured == null ? video.frameRate() : measured);
      if (video.codec() == VideoCodec.H264) {
        renditions.add(source(video, rate));
      }
      FrameRate encoded = cap(rate);
      fitting(video).stream()
          .limit(maxRungs)
          .map(
              template ->
                  template.rung(
                      video.width(), video.height(), encoded, keyframeInterval(encoded), preset))
          .forEach(
              rung -> {
                rungs.add(rung);
                renditions.add(encoded(rung));
              });
    }
    if (audio != null) {
      renditions.add(audio(audio));
    }
    return new Ladder(renditions, rungs);
  }

  /**
   * Rungs below the source's height; for a source smaller than all of them the smallest, at the
   * source's own height.
   */
  private List<RungTemplate> fitting(VideoFormat video) {
    List<RungTemplate> below =
        templates.stream().filter(template -> template.height() < video.height()).toList();
    return below.isEmpty() && !templates.isEmpty()
        ? List.of(templates.get(templates.size() - 1).atMost(video.height()))
        : below;
  }

  /** A bitstream may declare any rate; one that no camera has is not believed. */
  private static FrameRate plausible(FrameRate rate) {
    boolean believable =
        rate != null
            && rate.framesPerSecond() >= 1
            && rate.framesPerSecond() <= 120
            && rate.numerator() <= MAX_TERM
            && rate.denominator() <= MAX_TERM;
    return believable ? rate : FALLBACK_RATE;
  }

  /**
   * Frames in a full part: DESIGN's floor(0.5 s / frame duration), so that 85 % ≤ part ≤
   * PART-TARGET holds.
   */
  public static int framesPerPart(FrameRate rate) {
    return Math.max(1, rate.numerator() / (2 * rate.denominator()));
  }

  /** Frames in a full part of audio, likewise. */
  public static int framesPerPart(AudioFormat audio) {
    return Math.max(1, audio.sampleRate() / 2 / audio.samplesPerFrame());
  }

  private FrameRate cap(FrameRate rate) {
    FrameRate capped = rate;
    while (capped.framesPerSecond() > maxFrameRate) {
      capped = new FrameRate(capped.numerator(), capped.denominator() * 2);
    }
    return capped;
  }

  private static int keyframeInterval(FrameRate rate) {
    return Math.max(1, (int) Math.round(rate.framesPerSecond() * KEYFRAME_INTERVAL_SECONDS));
  }

  private static Rendition source(VideoFormat video, FrameRate rate) {
    // Nobody knows a publisher's bitrate before its first segment; a tenth of a bit per pixel is
    // where H.264 encoders for
    // live use lie. Playback declares what it measures as soon as there is something to measure.
    long estimate =
        Math.max(
            500_000,
            Math.round(video.width() * (double) video.height() * rate.framesPerSecond() * 0.1));
    return new Rendition(
        Ladder.SOURCE,
        Rendition.Kind.VIDEO,
        video.rfc6381(),
        video.timescale(),
        estimate * 5 / 4,
        estimate,
        video.width(),
        video.height(),
        rounded(rate),
        framesPerPart(rate) * rate.frameDurationTicks(video.timescale()),
        0,
        0);
  }

  private static Rendition encoded(Rung rung) {
    FrameRate rate = new FrameRate(rung.frameRate().numerator(), rung.frameRate().denominator());
    return new Rendition(
        rung.name(),
        Rendition.Kind.VIDEO,
        CODECS_UNKNOWN,
        VIDEO_TIMESCALE,
        rung.maxBitrateKbps() * 1100L,
        rung.maxBitrateKbps() * 700L,
        rung.width(),
        rung.height(),
        rounded(rate),
        framesPerPart(rate) * rate.frameDurationTicks(VIDEO_TIMESCALE),
        0,
        0);
  }

  private static Rendition audio(AudioFormat audio) {
    return new Rendition(
        Ladder.AUDIO,
        Rendition.Kind.AUDIO,
        audio.rfc6381(),
        audio.timescale(),
        192_000,
        136_000,
        0,
        0,
        0,
        (long) framesPerPart(audio) * audio.samplesPerFrame(),
        audio.sampleRate(),
        audio.channels());
  }

  private static double rounded(FrameRate rate) {
    return Math.round(rate.framesPerSecond() * 1000) / 1000.0;
  }
}
