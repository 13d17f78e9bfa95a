package io.rostrum.transcode.ladder;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.media.FrameRate;
import java.util.List;

/**
 * An encoded rendition before its width and frame rate are known.
 *
 * @param name the rendition's name
 * @param height in pixels
 * @param crf x264's constant rate factor
 * @param maxBitrateKbps the VBV's rate at 30 frames/s
 * @param profile H.264 profile
 * @param levelIdc H.264 level times ten: what the height and 30 frames/s need at most
 */
public record RungTemplate(
    String name, int height, int crf, int maxBitrateKbps, String profile, int levelIdc) {
  /** Every rung there is, best first. */
  public static final List<RungTemplate> ALL =
      List.of(
          new RungTemplate("1080p", 1080, 23, 5000, "high", 40),
          new RungTemplate("720p", 720, 23, 2800, "high", 31),
          new RungTemplate("480p", 480, 23, 1400, "main", 31),
          new RungTemplate("240p", 240, 24, 500, "main", 30));

  /**
   * @throws IllegalArgumentException if there is no rung of that name
   */
  public static RungTemplate named(String name) {
    return ALL.stream()
        .filter(template -> template.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rostrum.transcode.rungs names "
                        + name
                        + ": known are "
                        + ALL.stream().map(RungTemplate::name).toList()));
  }

  /** The same for a source of fewer lines: even, and no smaller than an encoder takes. */
  RungTemplate atMost(int lines) {
    return new RungTemplate(
        name,
        Math.max(16, Math.min(height, lines) / 2 * 2),
        crf,
        maxBitrateKbps,
        profile,
        levelIdc);
  }

  /** The rung for a source of that shape: the same aspect ratio, an even width. */
  Rung rung(
      int sourceWidth,
      int sourceHeight,
      FrameRate rate,
      int keyframeIntervalFrames,
      String preset) {
    int width = Math.max(16, 2 * Math.round(height * sourceWidth / (2f * sourceHeight)));
    int level = rate.framesPerSecond() > 30 ? Math.min(52, levelIdc + 10) : levelIdc;
    return new Rung(
        name,
        width,
        height,
        new io.rostrum.contracts.codec.FrameRate(rate.numerator(), rate.denominator()),
        crf,
        maxBitrateKbps,
        maxBitrateKbps,
        keyframeIntervalFrames,
        preset,
        profile,
        level);
  }
}
