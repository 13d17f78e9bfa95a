package io.rostrum.contracts.codec;

import java.util.Objects;

/**
 * One encoded video rendition of the ladder: a fixed canvas, frame rate and rate control. Always
 * H.264, 8 bit 4:2:0, BT.709 limited range, square pixels; input of another shape is scaled to fit
 * and padded with black.
 *
 * @param name the rendition's name, such as {@code 720p}, or {@code source} where a publication is
 *     brought to what an earlier one has declared
 * @param width canvas width in pixels, even
 * @param height canvas height in pixels, even
 * @param frameRate the constant frame rate
 * @param crf constant rate factor, 0 to 51 (lower is better); an encoder without one uses the
 *     bitrate alone
 * @param maxBitrateKbps the VBV's fill rate, kbit/s
 * @param bufferKbits the VBV's size, kbit
 * @param keyframeIntervalFrames frames from one IDR to the next; the first frame of a segment is
 *     always one
 * @param preset the encoder's speed preset, such as {@code veryfast}
 * @param profile {@code baseline}, {@code main} or {@code high}
 * @param levelIdc the level as in the SPS, ten times its number: 31 is level 3.1
 */
public record Rung(
    String name,
    int width,
    int height,
    FrameRate frameRate,
    int crf,
    int maxBitrateKbps,
    int bufferKbits,
    int keyframeIntervalFrames,
    String preset,
    String profile,
    int levelIdc) {
  /** Good speed for live; the default of the ladder. */
  public static final String DEFAULT_PRESET = "veryfast";

  public Rung {
    Checks.name("rung", name);
    Checks.range("rung width", width, 16, WorkerProtocol.MAX_DIMENSION_PIXELS);
    Checks.range("rung height", height, 16, WorkerProtocol.MAX_DIMENSION_PIXELS);
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "rung " + name + " needs an even size for 4:2:0, not " + width + "x" + height);
    }
    Objects.requireNonNull(frameRate, "frameRate");
    Checks.range("crf", crf, 0, 51);
    Checks.range("maxBitrateKbps", maxBitrateKbps, 1, 1_000_000);
    Checks.range("bufferKbits", bufferKbits, 1, 2_000_000);
    Checks.range("keyframeIntervalFrames", keyframeIntervalFrames, 1, 10_000);
    Checks.name("preset", preset);
    Checks.name("profile", profile);
    Checks.range("levelIdc", levelIdc, 10, 62);
  }

  void writeTo(FrameOutput out) {
    out.name(name);
    out.i32(width);
    out.i32(height);
    out.i32(frameRate.numerator());
    out.i32(frameRate.denominator());
    out.i32(crf);
    out.i32(maxBitrateKbps);
    out.i32(bufferKbits);
    out.i32(keyframeIntervalFrames);
    out.name(preset);
    out.name(profile);
    out.i32(levelIdc);
  }

  static Rung readFrom(FrameInput in) throws WorkerProtocolException {
    return new Rung(
        in.name("rung"),
        in.i32(),
        in.i32(),
        new FrameRate(in.i32(), in.i32()),
        in.i32(),
        in.i32(),
        in.i32(),
        in.i32(),
        in.name("preset"),
        in.name("profile"),
        in.i32());
  }
}
