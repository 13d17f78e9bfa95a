package io.rostrum.media;

import io.rostrum.media.av1.Av1SequenceHeader;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.avc.SequenceParameterSet;
import io.rostrum.media.hevc.HevcDecoderConfig;
import io.rostrum.media.hevc.HevcSequenceParameterSet;
import java.util.Arrays;
import java.util.Objects;

/**
 * The format of a video track. The configuration array is not copied: neither creator nor reader
 * may write to it.
 *
 * @param codec the codec
 * @param decoderConfig its configuration record; see {@link VideoCodec}
 * @param width picture width in luma samples, after cropping
 * @param height picture height in luma samples, after cropping
 * @param timescale ticks per second
 * @param frameRate the rate the bitstream declares, or {@code null} where it declares none. A
 *     declaration is a claim: sources with a varying rate make it too
 */
public record VideoFormat(
    VideoCodec codec,
    byte[] decoderConfig,
    int width,
    int height,
    int timescale,
    FrameRate frameRate)
    implements TrackFormat {

  /** Largest width or height: ISO BMFF sample entries count in 16 bits. */
  public static final int MAX_DIMENSION = 65_535;

  public VideoFormat {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(decoderConfig, "decoderConfig");
    if (width < 1 || height < 1 || width > MAX_DIMENSION || height > MAX_DIMENSION) {
      throw new IllegalArgumentException("Impossible picture size " + width + "x" + height);
    }
    if (timescale < 1) {
      throw new IllegalArgumentException("A timescale is at least 1, got " + timescale);
    }
    CodecString.requireLongEnough(codec, decoderConfig);
  }

  /**
   * The format of an H.264 track: size and frame rate come from the first sequence parameter set.
   *
   * <p>Access units have four-byte NAL unit lengths in this house. A configuration that announces
   * another size is rewritten to announce four; whoever reads the publisher's bytes takes the size
   * from {@link AvcDecoderConfig#lengthSize()}.
   *
   * @param avcC an {@code AVCDecoderConfigurationRecord}, ISO/IEC 14496-15:2022 §5.3.3.1
   * @throws MalformedMediaException if the record or its sequence parameter set cannot be read
   */
  public static VideoFormat ofAvc(byte[] avcC, int timescale) throws MalformedMediaException {
    AvcDecoderConfig config = AvcDecoderConfig.parse(avcC);
    SequenceParameterSet sps = config.sequenceParameterSet();
    byte[] houseForm = config.lengthSize() == 4 ? avcC : config.withLengthSize(4).toByteArray();
    return new VideoFormat(
        VideoCodec.H264,
        houseForm,
        sps.width(),
        sps.height(),
        timescale,
        sps.frameRate().orElse(null));
  }

  /**
   * The format of an HEVC track: size and frame rate come from the first sequence parameter set.
   * NAL unit lengths become four bytes, as in {@link #ofAvc}.
   *
   * @param hvcC an {@code HEVCDecoderConfigurationRecord}, ISO/IEC 14496-15:2022 §8.3.3.1
   * @throws MalformedMediaException if the record or its sequence parameter set cannot be read
   */
  public static VideoFormat ofHevc(byte[] hvcC, int timescale) throws MalformedMediaException {
    HevcDecoderConfig config = HevcDecoderConfig.parse(hvcC);
    HevcSequenceParameterSet sps = config.sequenceParameterSet();
    byte[] houseForm = config.lengthSize() == 4 ? hvcC : config.withFourByteLengths().toByteArray();
    return new VideoFormat(
        VideoCodec.HEVC, houseForm, sps.width(), sps.height(), timescale, sps.frameRate());
  }

  /**
   * The format of an AV1 track: size and frame rate come from the sequence header in the record.
   * (VP8 and VP9 have their size in key frames: {@link io.rostrum.media.vpx.VpxKeyFrame}.)
   *
   * @param av1C an {@code AV1CodecConfigurationRecord}, AV1 ISOBMFF binding 1.2.0 §2.3
   * @throws MalformedMediaException if the record cannot be read or holds no sequence header
   */
  public static VideoFormat ofAv1(byte[] av1C, int timescale) throws MalformedMediaException {
    Av1SequenceHeader header = Av1SequenceHeader.ofDecoderConfig(av1C);
    if (header.maxFrameWidth() > MAX_DIMENSION || header.maxFrameHeight() > MAX_DIMENSION) {
      throw MalformedMediaException.limit("av1C", "picture side of 65536", -1);
    }
    return new VideoFormat(
        VideoCodec.AV1,
        av1C,
        header.maxFrameWidth(),
        header.maxFrameHeight(),
        timescale,
        header.frameRate());
  }

  @Override
  public String rfc6381() {
    return CodecString.of(codec, decoderConfig);
  }

  /** Compares the configuration's bytes, not the identity of the array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VideoFormat that
        && codec == that.codec
        && width == that.width
        && height == that.height
        && timescale == that.timescale
        && Objects.equals(frameRate, that.frameRate)
        && Arrays.equals(decoderConfig, that.decoderConfig);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(codec, width, height, timescale, frameRate)
        + Arrays.hashCode(decoderConfig);
  }

  @Override
  public String toString() {
    return "VideoFormat["
        + rfc6381()
        + ", "
        + width
        + "x"
        + height
        + ", timescale="
        + timescale
        + ", frameRate="
        + frameRate
        + "]";
  }
}
