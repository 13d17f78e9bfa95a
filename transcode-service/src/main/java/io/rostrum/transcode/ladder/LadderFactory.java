package io.rostrum.transcode.ladder;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.FrameRate;
import io.rostrum.media.PartLength;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses the renditions of a broadcast from the formats of its first publication. */
public final class LadderFactory {
  /** Ticks per second of every video rendition. */
  public static final int VIDEO_TIMESCALE = 90_000;

  /** What an encoded rendition declares until its encoder has said what it writes. */
  static final String CODECS_UNKNOWN = "avc1";

  /** DESIGN.md, "Cutting"; a little less, for what is measured. */
  private static final double MIN_OFFERED_RATE = 14.9;

  /** High 10, High 4:2:2 and High 4:4:4: no browser decodes them. */
  private static final List<String> NOT_FOR_PLAYERS = List.of("avc1.6e", "avc1.7a", "avc1.f4");

  /** RFC 6381 name of what audio is encoded to. */
  public static final String AAC_LC = "mp4a.40.2";

  private static final int AAC_SAMPLES_PER_FRAME = 1024;
  private static final Set<Integer> ENCODED_AUDIO_RATES = Set.of(44_100, 48_000);
  private static final Pattern AVC =
      Pattern.compile("avc[13]\\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})");
  private static final Map<String, String> PROFILES =
      Map.of("42", "baseline", "4d", "main", "64", "high");
  private static final int SOURCE_CRF = 21;

  /** A rate that was rounded to three decimals. */
  private static final double NAMED_TOLERANCE = 0.001;

  private static final int MAX_TERM = 200_000;
  private static final FrameRate FALLBACK_RATE = new FrameRate(30, 1);
  private static final int KEYFRAME_INTERVAL_SECONDS = 2;

  private final List<RungTemplate> templates;
  private final int maxRungs;
  private final int maxFrameRate;
  private final String preset;
  private final Canvas canvas;

  /**
   * @param rungNames the rungs to choose from, best first, each a name of {@link RungTemplate#ALL}
   * @param maxRungs how many at most
   * @param maxFrameRate frames per second that encoded renditions have at most
   * @param canvas what pictures of varying size are brought to
   * @throws IllegalArgumentException if a rung is not known
   */
  public LadderFactory(
      List<String> rungNames, int maxRungs, int maxFrameRate, String preset, Canvas canvas) {
    this.templates = rungNames.stream().map(RungTemplate::named).toList();
    this.maxRungs = maxRungs;
    this.maxFrameRate = maxFrameRate;
    this.preset = preset;
    this.canvas = canvas;
  }

  /**
   * @param varying whether size and frame rate may change at any moment, as WebRTC's do: then the
   *     ladder is that of the canvas, and nothing is passed through
   * @param video the video track's format; null without one
   * @param measured the frame rate its first frames have; null where they tell none
   * @param audio the audio track's format; null without one
   * @param partTargetMs how long parts may be
   */
  public Ladder choose(
      boolean varying, VideoFormat video, FrameRate measured, AudioFormat audio, int partTargetMs) {
    List<Rendition> renditions = new ArrayList<>();
    List<Rung> rungs = new ArrayList<>();
    if (video != null) {
      FrameRate rate =
          varying
              ? new FrameRate(canvas.framesPerSecond(), 1)
              : plausible(measured == null ? video.frameRate() : measured);
      boolean offered = !varying && isOffered(video, rate);
      if (!varying && isPassedThrough(video)) {
        renditions.add(source(video, rate, partTargetMs, !offered));
      }
      int width = varying ? canvas.width() : video.width();
      int height = varying ? canvas.height() : video.height();
      FrameRate encoded = cap(rate);
      fitting(height, offered).stream()
          .limit(maxRungs)
          .map(t -> t.rung(width, height, encoded, keyframeInterval(encoded), preset))
          .forEach(
              rung -> {
                rungs.add(rung);
                renditions.add(encoded(rung, partTargetMs));
              });
    }
    if (audio != null) {
      renditions.add(audio(audio, partTargetMs));
    }
    return new Ladder(renditions, rungs);
  }

  /**
   * Another ladder of a recording: what is passed through and the sound stay, the rungs are those
   * named. One that the old ladder has stays as it is.
   *
   * @param names names of {@link RungTemplate#ALL}; those that are not below the source are left
   *     out, where the source is offered
   * @throws IllegalArgumentException with what to do, if there would be none
   */
  public Ladder instead(Ladder old, List<String> names) {
    List<Rendition> video =
        old.renditions().stream().filter(r -> r.kind() == Rendition.Kind.VIDEO).toList();
    if (video.isEmpty()) {
      throw new IllegalArgumentException("the recording has no video to encode");
    }
    Rendition largest = video.get(0);
    boolean offered = largest.name().equals(Ladder.SOURCE) && !largest.recordedOnly();
    FrameRate rate =
        old.rungs().isEmpty()
            ? cap(
                plausible(
                    FrameRate.nearestKnown(largest.frameRate(), NAMED_TOLERANCE).orElse(null)))
            : new FrameRate(
                old.rungs().get(0).frameRate().numerator(),
                old.rungs().get(0).frameRate().denominator());
    List<Rendition> renditions = new ArrayList<>();
    List<Rung> rungs = new ArrayList<>();
    old.rendition(Ladder.SOURCE).ifPresent(renditions::add);
    for (RungTemplate template : RungTemplate.ALL) {
      if (!names.contains(template.name())) {
        continue;
      }
      Optional<Rung> kept = old.rung(template.name());
      if (kept.isPresent() || !offered || template.height() < largest.height()) {
        Rung rung =
            kept.orElseGet(
                () ->
                    template
                        .atMost(largest.height())
                        .rung(
                            largest.width(),
                            largest.height(),
                            rate,
                            keyframeInterval(rate),
                            preset));
        rungs.add(rung);
        renditions.add(
            old.rendition(rung.name()).orElseGet(() -> encoded(rung, largest.partTargetMs())));
      }
    }
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException(
          "none of "
              + names
              + " is smaller than the source of "
              + largest.width()
              + "x"
              + largest.height());
    }
    old.rendition(Ladder.AUDIO).ifPresent(renditions::add);
    return new Ladder(renditions, rungs);
  }

  /** VP8 and VP9 come from browsers, which change their size as the network does. */
  private static boolean isPassedThrough(VideoFormat video) {
    return video.codec() == VideoCodec.H264
        || video.codec() == VideoCodec.HEVC
        || video.codec() == VideoCodec.AV1;
  }

  /**
   * Whether every player can be given it as it is (DESIGN.md, "Cutting"): H.264 of 8 bits 4:2:0 at
   * 15 frames/s or more.
   */
  private static boolean isOffered(VideoFormat video, FrameRate rate) {
    String codecs = video.rfc6381().toLowerCase(Locale.ROOT);
    return video.codec() == VideoCodec.H264
        && NOT_FOR_PLAYERS.stream().noneMatch(codecs::startsWith)
        && rate.framesPerSecond() >= MIN_OFFERED_RATE;
  }

  /**
   * Rungs below the source's height, and one at it where the source itself is not offered; for a
   * source smaller than all of them the smallest, at the source's own height.
   */
  private List<RungTemplate> fitting(int height, boolean sourceOffered) {
    List<RungTemplate> fitting = new ArrayList<>();
    for (RungTemplate template : templates) {
      if (template.height() < height) {
        fitting.add(template);
      } else if (!sourceOffered) {
        fitting.clear();
        fitting.add(template.atMost(height));
      }
    }
    return fitting.isEmpty() && !templates.isEmpty()
        ? List.of(templates.get(templates.size() - 1).atMost(height))
        : fitting;
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
   * Frames in a full part: DESIGN's floor(PART-TARGET / frame duration), so that 85 % ≤ part ≤
   * PART-TARGET holds.
   */
  public static int framesPerPart(FrameRate rate, int partTargetMs) {
    return PartLength.frames(rate.numerator(), rate.denominator(), partTargetMs);
  }

  /** The same of a rung. */
  public static int framesPerPart(io.rostrum.contracts.codec.FrameRate rate, int partTargetMs) {
    return PartLength.frames(rate.numerator(), rate.denominator(), partTargetMs);
  }

  /** Frames in a full part of audio, likewise. */
  public static int framesPerPart(AudioFormat audio, int partTargetMs) {
    return PartLength.frames(audio.sampleRate(), audio.samplesPerFrame(), partTargetMs);
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

  /**
   * The rung that brings a later publication to what {@code source} is declared as.
   *
   * @param source the declared rendition
   * @param rate the ladder's frame rate
   * @return null where there is no encoder for the declared codec
   */
  public Rung likeSource(Rendition source, io.rostrum.contracts.codec.FrameRate rate) {
    Matcher avc = AVC.matcher(source.codecs().toLowerCase(Locale.ROOT));
    String profile = avc.matches() ? PROFILES.get(avc.group(1)) : null;
    if (profile == null || source.width() % 2 != 0 || source.height() % 2 != 0) {
      return null;
    }
    int kbps = (int) Math.min(20_000, Math.max(1000, source.averageBandwidth() / 1000));
    FrameRate frames = new FrameRate(rate.numerator(), rate.denominator());
    return new Rung(
        source.name(),
        source.width(),
        source.height(),
        rate,
        SOURCE_CRF,
        kbps,
        kbps,
        keyframeInterval(frames),
        preset,
        profile,
        Math.max(10, Math.min(62, Integer.parseInt(avc.group(2), 16))));
  }

  private static Rendition source(
      VideoFormat video, FrameRate rate, int partTargetMs, boolean recordedOnly) {
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
        framesPerPart(rate, partTargetMs) * rate.frameDurationTicks(video.timescale()),
        0,
        0,
        partTargetMs,
        recordedOnly);
  }

  private static Rendition encoded(Rung rung, int partTargetMs) {
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
        framesPerPart(rate, partTargetMs) * rate.frameDurationTicks(VIDEO_TIMESCALE),
        0,
        0,
        partTargetMs,
        false);
  }

  /** AAC as it comes; anything else becomes AAC-LC, which every player knows. */
  private static Rendition audio(AudioFormat audio, int partTargetMs) {
    boolean passed = audio.codec() == AudioCodec.AAC && audio.channels() <= 2;
    int rate =
        passed || ENCODED_AUDIO_RATES.contains(audio.sampleRate()) ? audio.sampleRate() : 48_000;
    int samplesPerFrame = passed ? audio.samplesPerFrame() : AAC_SAMPLES_PER_FRAME;
    return new Rendition(
        Ladder.AUDIO,
        Rendition.Kind.AUDIO,
        passed ? audio.rfc6381() : AAC_LC,
        passed ? audio.timescale() : rate,
        192_000,
        136_000,
        0,
        0,
        0,
        (long) PartLength.frames(rate, samplesPerFrame, partTargetMs) * samplesPerFrame,
        rate,
        Math.min(2, audio.channels()),
        partTargetMs,
        false);
  }

  private static double rounded(FrameRate rate) {
    return Math.round(rate.framesPerSecond() * 1000) / 1000.0;
  }
}
