package io.rostrum.media.aac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitWriter;

/**
 * An {@code AudioSpecificConfig}, ISO/IEC 14496-3:2019 §1.6.2.1, of the AAC family
 * (GASpecificConfig).
 *
 * <p>Spectral band replication (SBR, "HE-AAC") doubles the sample rate of the core coder and
 * parametric stereo (PS) its single channel. Both may be signalled around the core's type (explicit
 * and hierarchical), after it (explicit, compatible with old decoders), or not at all, in which
 * case nothing here shows it and the core's figures stand: the duration of a frame is the same
 * either way.
 *
 * @param objectType audio object type of the core coder, such as 2 for AAC LC
 * @param sampleRate sampling frequency of the core coder in Hz
 * @param channelConfiguration 0 to 15; 0 if a program config element lists the channels
 * @param channels channels of the core coder
 * @param samplesPerFrame samples of a frame of the core coder: 1024 or 960
 * @param sbr whether SBR is signalled
 * @param ps whether PS is signalled
 * @param extensionSampleRate sampling frequency after SBR in Hz; that of the core if SBR is not
 *     signalled
 * @param hierarchical whether the extension is signalled around the core's type, so that a decoder
 *     without it must refuse
 */
public record AudioSpecificConfig(
    int objectType,
    int sampleRate,
    int channelConfiguration,
    int channels,
    int samplesPerFrame,
    boolean sbr,
    boolean ps,
    int extensionSampleRate,
    boolean hierarchical) {

  public static final int AAC_MAIN = 1;
  public static final int AAC_LC = 2;
  public static final int AAC_SSR = 3;
  public static final int AAC_LTP = 4;
  public static final int SBR = 5;
  public static final int PS = 29;

  /**
   * Reads a configuration.
   *
   * @throws MalformedMediaException if it is none, or of an audio object type outside the AAC
   *     family
   */
  public static AudioSpecificConfig parse(byte[] asc) throws MalformedMediaException {
    return AudioSpecificConfigReader.read(asc);
  }

  /**
   * The bytes that configure AAC LC without extensions.
   *
   * @param channels 1 to 6, or 8 for the 7.1 layout
   */
  public static byte[] aacLc(int sampleRate, int channels) {
    if (channels < 1 || channels > 8 || channels == 7) {
      throw new IllegalArgumentException("No channel configuration has " + channels + " channels");
    }
    return write(AAC_LC, sampleRate, channels == 8 ? 7 : channels);
  }

  /** The bytes for a core coder without extensions; {@code channelConfiguration} is 1 to 7. */
  static byte[] write(int objectType, int sampleRate, int channelConfiguration) {
    if (objectType < 1 || objectType > 30) {
      throw new IllegalArgumentException("Not an object type of five bits: " + objectType);
    }
    BitWriter bits = new BitWriter().bits(objectType, 5);
    SamplingFrequency.write(bits, sampleRate);
    // frameLengthFlag, dependsOnCoreCoder and extensionFlag are zero.
    return bits.bits(channelConfiguration, 4).bits(0, 3).toByteArray();
  }

  /**
   * The type that goes into {@code mp4a.40.N}: the extension where it is signalled hierarchically,
   * else the core's.
   */
  public int signalledObjectType() {
    if (hierarchical) {
      return ps ? PS : SBR;
    }
    return objectType;
  }

  /** Samples per second that come out of a decoder that heeds what is signalled. */
  public int outputSampleRate() {
    return extensionSampleRate;
  }

  /** Channels that come out of a decoder that heeds what is signalled. */
  public int outputChannels() {
    return ps && channels == 1 ? 2 : channels;
  }

  /** Samples of a frame that come out of a decoder that heeds what is signalled. */
  public int outputSamplesPerFrame() {
    return sbr && extensionSampleRate != sampleRate ? 2 * samplesPerFrame : samplesPerFrame;
  }
}
