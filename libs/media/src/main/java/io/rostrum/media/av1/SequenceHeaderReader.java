package io.rostrum.media.av1;

import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/** Reads sequence_header_obu(), AV1 1.0.0 with errata 1 §5.5.1. */
final class SequenceHeaderReader {

  private final BitReader bits;
  private FrameRate frameRate;
  private int bufferDelayBits;
  private int profile;
  private boolean reducedStillPicture;
  private int level;
  private boolean highTier;
  private boolean highBitDepth;
  private boolean twelveBit;
  private boolean monochrome;
  private boolean subsamplingX;
  private boolean subsamplingY;
  private int chromaSamplePosition;

  SequenceHeaderReader(BitReader bits) {
    this.bits = bits;
  }

  Av1SequenceHeader read() throws MalformedMediaException {
    profile = bits.intBits(3);
    bits.skip(1); // still_picture
    reducedStillPicture = bits.flag();
    if (reducedStillPicture) {
      level = bits.intBits(5);
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
      int pointLevel = bits.intBits(5);
      boolean tier = pointLevel > 7 && bits.flag();
      if (i == 0) {
        level = pointLevel;
        highTier = tier;
      }
      if (decoderModel && bits.flag()) {
        bits.skip(2 * bufferDelayBits + 1);
      }
      if (displayDelay && bits.flag()) {
        bits.skip(4);
      }
    }
  }

  /**
   * All from the picture size to the end of color_config(), §5.5.1 and §5.5.2; after {@link #read}.
   */
  void readColourConfig() throws MalformedMediaException {
    if (!reducedStillPicture && bits.flag()) {
      bits.skip(7); // lengths of frame ids
    }
    bits.skip(3); // superblock size, two intra tools
    if (!reducedStillPicture) {
      skipInterTools();
    }
    bits.skip(3); // superres, cdef, restoration
    highBitDepth = bits.flag();
    twelveBit = profile == 2 && highBitDepth && bits.flag();
    monochrome = profile != 1 && bits.flag();
    int colour = 0x020202;
    if (bits.flag()) {
      colour = bits.intBits(24);
    }
    // Code points of sRGB: BT.709 primaries, IEC 61966-2-1 transfer, identity matrix.
    boolean rgb = colour == 0x010D00;
    if (monochrome) {
      bits.skip(1); // color_range
      subsamplingX = true;
      subsamplingY = true;
    } else if (!rgb) {
      bits.skip(1); // color_range
      subsamplingX = profile == 0 || profile == 2 && (!twelveBit || bits.flag());
      subsamplingY = profile == 0 || profile == 2 && twelveBit && subsamplingX && bits.flag();
      chromaSamplePosition = subsamplingX && subsamplingY ? bits.intBits(2) : 0;
    }
  }

  private void skipInterTools() throws MalformedMediaException {
    bits.skip(4); // compound, warped motion, dual filter
    boolean orderHint = bits.flag();
    if (orderHint) {
      bits.skip(2); // joint compound, motion vectors of reference frames
    }
    boolean screenContentTools = bits.flag() || bits.flag();
    if (screenContentTools && !bits.flag()) {
      bits.skip(1); // seq_force_integer_mv
    }
    if (orderHint) {
      bits.skip(3); // order_hint_bits_minus_1
    }
  }

  int profile() {
    return profile;
  }

  int level() {
    return level;
  }

  boolean highTier() {
    return highTier;
  }

  boolean highBitDepth() {
    return highBitDepth;
  }

  boolean twelveBit() {
    return twelveBit;
  }

  boolean monochrome() {
    return monochrome;
  }

  boolean subsamplingX() {
    return subsamplingX;
  }

  boolean subsamplingY() {
    return subsamplingY;
  }

  int chromaSamplePosition() {
    return chromaSamplePosition;
  }
}
