package io.rostrum.media.aac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import io.rostrum.media.bits.BitWriter;

/** Sampling frequencies and their index, ISO/IEC 14496-3:2019 table 1.18. */
final class SamplingFrequency {

  private static final int[] BY_INDEX = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  private static final int ESCAPE = 15;

  /**
   * Twice what any converter does; more than that is a mistake or an attack on somebody's buffers.
   */
  private static final int MAX_HZ = 192_000;

  private SamplingFrequency() {}

  static int ofIndex(BitReader bits, int index) throws MalformedMediaException {
    if (index >= BY_INDEX.length) {
      throw bits.malformed("reserved sampling frequency index " + index);
    }
    return BY_INDEX[index];
  }

  static int read(BitReader bits) throws MalformedMediaException {
    int index = bits.intBits(4);
    if (index != ESCAPE) {
      return ofIndex(bits, index);
    }
    int hertz = bits.intBits(24);
    if (hertz < 1 || hertz > MAX_HZ) {
      throw bits.malformed("sampling frequency " + hertz + " Hz, at most " + MAX_HZ + " is read");
    }
    return hertz;
  }

  static void write(BitWriter bits, int hertz) {
    for (int index = 0; index < BY_INDEX.length; index++) {
      if (BY_INDEX[index] == hertz) {
        bits.bits(index, 4);
        return;
      }
    }
    if (hertz < 1 || hertz > MAX_HZ) {
      throw new IllegalArgumentException("Sampling frequency out of range: " + hertz);
    }
    bits.bits(ESCAPE, 4).bits(hertz, 24);
  }
}
