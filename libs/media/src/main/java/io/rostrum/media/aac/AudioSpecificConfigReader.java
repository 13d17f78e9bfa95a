package io.rostrum.media.aac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/** Reads AudioSpecificConfig() and GASpecificConfig(), ISO/IEC 14496-3:2019 §1.6.2.1 and §4.4.1. */
final class AudioSpecificConfigReader {

  private static final String FORMAT = "AudioSpecificConfig";

  /** Real ones have 2 to 7 bytes; a program config element with a full comment some 300. */
  private static final int MAX_LENGTH_BYTES = 1024;

  private static final int ER_AAC_LC = 17;
  private static final int ER_AAC_LTP = 19;
  private static final int ER_AAC_LD = 23;
  private static final int ESCAPE_TYPE = 31;
  private static final int SBR_SYNC = 0x2B7;
  private static final int PS_SYNC = 0x548;

  /** Table 1.19; index 0 is a program config element, 8 to 10 and 15 are reserved. */
  private static final int[] CHANNELS = {-1, 1, 2, 3, 4, 5, 6, 8, -1, -1, -1, 7, 8, 24, 8, -1};

  private final BitReader bits;
  private boolean sbr;
  private boolean ps;
  private boolean hierarchical;
  private int extensionSampleRate;

  private AudioSpecificConfigReader(BitReader bits) {
    this.bits = bits;
  }

  static AudioSpecificConfig read(byte[] asc) throws MalformedMediaException {
    if (asc.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than " + MAX_LENGTH_BYTES + " bytes", 0);
    }
    return new AudioSpecificConfigReader(new BitReader(FORMAT, asc)).read();
  }

  private AudioSpecificConfig read() throws MalformedMediaException {
    int objectType = objectType();
    int sampleRate = SamplingFrequency.read(bits);
    int channelConfiguration = bits.intBits(4);
    if (objectType == AudioSpecificConfig.SBR || objectType == AudioSpecificConfig.PS) {
      hierarchical = true;
      sbr = true;
      ps = objectType == AudioSpecificConfig.PS;
      extensionSampleRate = SamplingFrequency.read(bits);
      objectType = objectType();
    }
    requireAac(objectType);
    boolean shortFrames = bits.flag();
    if (bits.flag()) {
      bits.skip(14); // coreCoderDelay
    }
    boolean extensionFlag = bits.flag();
    int channels = channels(channelConfiguration);
    if (extensionFlag) {
      if (objectType >= ER_AAC_LC) {
        bits.skip(3); // resilience flags
      }
      bits.skip(1); // extensionFlag3
    }
    if (objectType >= ER_AAC_LC && bits.intBits(2) > 1) {
      throw MalformedMediaException.unsupported(FORMAT, "epConfig 2 and 3", -1);
    }
    if (!hierarchical) {
      syncExtension();
    }
    if (!sbr) {
      extensionSampleRate = sampleRate;
    } else if (extensionSampleRate != sampleRate && extensionSampleRate != 2L * sampleRate) {
      // §4.6.18: SBR doubles the rate, or keeps it in down-sampled mode.
      throw bits.malformed("SBR from " + sampleRate + " to " + extensionSampleRate + " Hz");
    }
    return new AudioSpecificConfig(
        objectType,
        sampleRate,
        channelConfiguration,
        channels,
        samplesPerFrame(objectType, shortFrames),
        sbr,
        ps,
        extensionSampleRate,
        hierarchical);
  }

  private static int samplesPerFrame(int objectType, boolean shortFrames) {
    // §4.5.1.1: low delay has half frames.
    int full = shortFrames ? 960 : 1024;
    return objectType == ER_AAC_LD ? full / 2 : full;
  }

  private int objectType() throws MalformedMediaException {
    int type = bits.intBits(5);
    return type == ESCAPE_TYPE ? 32 + bits.intBits(6) : type;
  }

  private static void requireAac(int type) throws MalformedMediaException {
    boolean plain = type >= AudioSpecificConfig.AAC_MAIN && type <= AudioSpecificConfig.AAC_LTP;
    if (!plain && type != ER_AAC_LC && type != ER_AAC_LTP && type != ER_AAC_LD) {
      throw MalformedMediaException.unsupported(
          FORMAT, "audio object type " + type + " is not AAC Main, LC, SSR, LTP or LD", 0);
    }
  }

  private int channels(int configuration) throws MalformedMediaException {
    if (configuration == 0) {
      return ProgramConfigElement.readChannels(bits);
    }
    if (CHANNELS[configuration] < 0) {
      throw bits.malformed("reserved channelConfiguration " + configuration);
    }
    return CHANNELS[configuration];
  }

  /**
   * The backward-compatible extension at the end, §1.6.5.3: whatever does not begin with its sync
   * word is padding.
   */
  private void syncExtension() throws MalformedMediaException {
    if (bits.remainingBits() < 16 || bits.intBits(11) != SBR_SYNC) {
      return;
    }
    if (objectType() != AudioSpecificConfig.SBR || !bits.flag()) {
      return;
    }
    sbr = true;
    extensionSampleRate = SamplingFrequency.read(bits);
    if (bits.remainingBits() >= 12 && bits.intBits(11) == PS_SYNC) {
      ps = bits.flag();
    }
  }
}
