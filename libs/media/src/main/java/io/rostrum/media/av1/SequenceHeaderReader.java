package io.rostrum.media.av1;

import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/** Reads sequence_header_obu(), AV1 1.0.0 with errata 1 §5.5.1. */
final class SequenceHeaderReader {

  private final BitReader bits;
  private FrameRate frameRate;
  private int bufferDelayBits;

  SequenceHeaderReader(BitReader bits) {
    this.bits = bits;
  }

  Av1SequenceHeader read() throws MalformedMediaException {
    bits.skip(4); // seq_profile, still_picture
    boolean reducedStillPicture = bits.flag();
    if (reducedStillPicture) {
      bits.skip(5); // seq_level_idx[0]
    } else {
      boolean decoderModel = bits.flag() && readTiming();
      skipOperatingPoints(decoderModel);
    }
    int widthBits = bits.intBits(4) + 1;
    int heightBits = bits.intBits(4) + 1;
    int width = bits.intBits(widthBits) + 1;
    int height = bits.intBits(heightBits) + 1;
    return new Av1SequenceHeader(width, height, frameRate);
  }

  /**
   * timing_info() and decoder_model_info(), §5.5.3 and §5.5.4; returns
   * decoder_model_info_present_flag.
   */
  private boolean readTiming() throws MalformedMediaException {
    long unitsPerTick = bits.bits(32);
    long timeScale = bits.bits(32);
    if (bits.flag()) {
      // uvlc(), §4.10.3, is ue(v) for all values that make sense.
      long ticksPerPicture = bits.unsignedExpGolomb() + 1;
      if (unitsPerTick > 0 && timeScale > 0 && ticksPerPicture < 1 << 16) {
        frameRate = FrameRate.ofClock(timeScale, unitsPerTick * ticksPerPicture).orElse(null);
      }
    }
    boolean decoderModel = bits.flag();
    if (decoderModel) {
      bufferDelayBits = bits.intBits(5) + 1;
      bits.skip(42); // num_units_in_decoding_tick, two lengths
    }
    return decoderModel;
  }

  private void skipOperatingPoints(boolean decoderModel) throws MalformedMediaException {
    boolean displayDelay = bits.flag();
    int points = bits.intBits(5) + 1;
    for (int i = 0; i < points; i++) {
      bits.skip(12); // operating_point_idc
      if (bits.intBits(5) > 7) {
        bits.skip(1); // seq_tier
      }
      if (decoderModel && bits.flag()) {
        bits.skip(2 * bufferDelayBits + 1);
      }
      if (displayDelay && bits.flag()) {
        bits.skip(4);
      }
    }
  }
}
