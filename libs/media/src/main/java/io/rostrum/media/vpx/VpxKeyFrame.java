package io.rostrum.media.vpx;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.bits.BitReader;
import io.rostrum.media.bits.BitWriter;

/**
 * What the uncompressed header of a key frame tells.
 *
 * @param codec VP8 or VP9
 * @param profile 0 to 3
 * @param bitDepth 8, 10 or 12
 * @param chromaSubsampling as {@code vpcC} counts it: 1 for 4:2:0 with collocated samples, 2 for
 *     4:2:2, 3 for 4:4:4
 * @param fullRange whether sample values use the full range
 * @param width in luma samples, at least 1
 * @param height in luma samples, at least 1
 */
public record VpxKeyFrame(
    VideoCodec codec,
    int profile,
    int bitDepth,
    int chromaSubsampling,
    boolean fullRange,
    int width,
    int height) {

  /**
   * Smallest level by luma samples per picture: VP9 levels 1 to 6, without regard to the frame
   * rate.
   */
  private static final int[][] LEVELS = {
    {36_864, 10},
    {73_728, 11},
    {122_880, 20},
    {245_760, 21},
    {552_960, 30},
    {983_040, 31},
    {2_228_224, 40},
    {8_912_896, 50},
    {35_651_584, 60}
  };

  /** Whether a frame is a key frame, by its first byte alone. */
  public static boolean isKeyFrame(VideoCodec codec, byte[] frame) {
    if (frame.length == 0) {
      return false;
    }
    if (codec == VideoCodec.VP8) {
      return (frame[0] & 1) == 0;
    }
    boolean profile3 = (frame[0] & 0x30) == 0x30;
    int showExistingFrame = profile3 ? 0x04 : 0x08;
    int interFrame = profile3 ? 0x02 : 0x04;
    return (frame[0] & 0xC0) == 0x80 && (frame[0] & (showExistingFrame | interFrame)) == 0;
  }

  /**
   * Reads the header of a VP8 key frame, RFC 6386 §9.1.
   *
   * @throws MalformedMediaException if the frame is none
   */
  public static VpxKeyFrame parseVp8(byte[] frame) throws MalformedMediaException {
    BitReader bits = new BitReader("VP8 key frame", frame);
    int tag = bits.intBits(8);
    bits.skip(16); // first_part_size
    if ((tag & 1) != 0 || bits.intBits(24) != 0x9D012A) {
      throw bits.malformed("not a key frame, or without its start code");
    }
    // Two bits of scaling hint, fourteen of size, in little-endian order.
    int width = (bits.intBits(8) | bits.intBits(8) << 8) & 0x3FFF;
    int height = (bits.intBits(8) | bits.intBits(8) << 8) & 0x3FFF;
    if (width == 0 || height == 0) {
      throw bits.malformed("picture of " + width + "x" + height);
    }
    return new VpxKeyFrame(VideoCodec.VP8, tag >> 1 & 7, 8, 1, false, width, height);
  }

  /**
   * Reads the header of a VP9 key frame, VP9 Bitstream and Decoding Process Specification 0.6 §6.2.
   *
   * @throws MalformedMediaException if the frame is none
   */
  public static VpxKeyFrame parseVp9(byte[] frame) throws MalformedMediaException {
    BitReader bits = new BitReader("VP9 key frame", frame);
    if (!isKeyFrame(VideoCodec.VP9, frame)) {
      throw bits.malformed("not a key frame");
    }
    bits.skip(2); // frame_marker
    int profile = bits.intBits(1) | bits.intBits(1) << 1;
    bits.skip(
        profile == 3 ? 5 : 4); // show_existing_frame, frame_type, show_frame, error_resilient_mode
    if (bits.intBits(24) != 0x498342) {
      throw bits.malformed("without its sync code");
    }
    int bitDepth = profile < 2 ? 8 : bits.flag() ? 12 : 10;
    boolean oddProfile = (profile & 1) == 1;
    int subsampling = 1;
    boolean fullRange = true;
    int colourSpace = bits.intBits(3);
    if (colourSpace == 7) { // CS_RGB
      subsampling = 3;
      bits.skip(oddProfile ? 1 : 0);
    } else {
      fullRange = bits.flag();
      if (oddProfile) {
        boolean horizontal = bits.flag();
        bits.skip(2); // subsampling_y, reserved_zero
        subsampling = horizontal ? 2 : 3;
      }
    }
    int width = bits.intBits(16) + 1;
    int height = bits.intBits(16) + 1;
    if (width > VideoFormat.MAX_DIMENSION || height > VideoFormat.MAX_DIMENSION) {
      throw bits.malformed("picture of " + width + "x" + height);
    }
    return new VpxKeyFrame(
        VideoCodec.VP9, profile, bitDepth, subsampling, fullRange, width, height);
  }

  /**
   * A {@code VPCodecConfigurationRecord} for a stream that comes without one, as over RTP; VP Codec
   * ISO Media File Format Binding 1.0. Colour is unspecified.
   */
  public byte[] toDecoderConfig() {
    return new BitWriter()
        .bits(profile, 8)
        .bits(level(), 8)
        .bits(bitDepth, 4)
        .bits(chromaSubsampling, 3)
        .flag(fullRange)
        .bits(0x020202, 24)
        .bits(0, 16) // codecInitializationData is not used
        .toByteArray();
  }

  /** The format of a track that begins with this frame. */
  public VideoFormat toFormat(int timescale) {
    return new VideoFormat(codec, toDecoderConfig(), width, height, timescale, null);
  }

  private int level() {
    long area = (long) width * height;
    for (int[] level : LEVELS) {
      if (area <= level[0]) {
        return level[1];
      }
    }
    return 62;
  }
}
