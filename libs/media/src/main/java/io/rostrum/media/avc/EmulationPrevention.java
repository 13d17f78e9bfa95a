package io.rostrum.media.avc;

import java.util.Arrays;

/**
 * The bytes 03 that keep a NAL unit's payload from looking like a start code: ITU-T H.264 (08/2021)
 * §7.3.1 and §7.4.1. HEVC does the same.
 */
public final class EmulationPrevention {

  private EmulationPrevention() {}

  /**
   * The raw payload (RBSP) of {@code length} bytes from {@code offset}: every 03 after two zeros is
   * taken out. A new array.
   */
  public static byte[] remove(byte[] data, int offset, int length) {
    byte[] out = new byte[length];
    int written = 0;
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      if (zeros >= 2 && data[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = data[i] == 0 ? zeros + 1 : 0;
      out[written++] = data[i];
    }
    return Arrays.copyOf(out, written);
  }

  /**
   * The inverse of {@link #remove}: a 03 goes in wherever two zeros precede a byte of 3 or less,
   * and after a final zero. A new array.
   */
  public static byte[] insert(byte[] payload) {
    byte[] out = new byte[payload.length + payload.length / 2 + 1];
    int written = 0;
    int zeros = 0;
    for (byte value : payload) {
      if (zeros == 2 && (value & 0xFC) == 0) {
        out[written++] = 3;
        zeros = 0;
      }
      zeros = value == 0 ? zeros + 1 : 0;
      out[written++] = value;
    }
    if (zeros > 0) {
      out[written++] = 3;
    }
    return Arrays.copyOf(out, written);
  }
}
