package io.rostrum.codecworker.h264;

import java.io.ByteArrayOutputStream;

/**
 * Whether a decoder must look ahead to put a stream's pictures in order, as far as its SPS tells.
 *
 * <p>With a reorder count in the VUI libavcodec knows. Without one it starts at none and learns
 * from the first picture out of order, which it loses; a fresh decoder per segment would lose it in
 * every segment. So streams are told apart here: those that cannot reorder need no delay, the
 * others take the delay that their level allows.
 *
 * @param cannotReorder whether decoding order is presentation order for certain
 * @param vuiFlagBit position of vui_parameters_present_flag in the RBSP, header byte included
 */
public record SpsReorder(boolean cannotReorder, int vuiFlagBit) {
  private static final int PROFILE_BASELINE = 66;
  private static final int MAX_REF_FRAMES_IN_POC_CYCLE = 255;

  /**
   * Looks at the first SPS of an avcC.
   *
   * @throws IllegalArgumentException if there is none or it makes no sense
   */
  public static SpsReorder ofAvcC(byte[] avcC) {
    if (avcC.length < 8 || (avcC[5] & 0x1F) == 0) {
      throw new IllegalArgumentException("avcC without an SPS");
    }
    int length = (avcC[6] & 0xFF) << 8 | avcC[7] & 0xFF;
    if (length < 4 || avcC.length < 8 + length) {
      throw new IllegalArgumentException("avcC ends inside its SPS");
    }
    return parse(unescape(avcC, 8, length));
  }

  /** seq_parameter_set_data up to max_num_ref_frames and on to the VUI flag, H.264 §7.3.2.1.1. */
  private static SpsReorder parse(byte[] rbsp) {
    BitReader in = new BitReader(rbsp);
    in.bits(8);
    int profileIdc = in.bits(8);
    in.bits(16);
    in.unsignedExpGolomb();
    if (hasChromaFormat(profileIdc)) {
      skipChromaAndScaling(in);
    }
    in.unsignedExpGolomb();
    int pocType = in.unsignedExpGolomb();
    if (pocType == 0) {
      in.unsignedExpGolomb();
    } else if (pocType == 1) {
      skipPocCycle(in);
    }
    int maxRefFrames = in.unsignedExpGolomb();
    in.bit();
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    if (in.bit() == 0) {
      in.bit();
    }
    in.bit();
    if (in.bit() == 1) {
      for (int i = 0; i < 4; i++) {
        in.unsignedExpGolomb();
      }
    }
    if (in.exhausted()) {
      throw new IllegalArgumentException("SPS ends before its VUI flag");
    }
    // Baseline has no B slices; POC type 2 forbids reordering (§8.2.1.3); B-frames between two
    // references need two.
    return new SpsReorder(
        profileIdc == PROFILE_BASELINE || pocType == 2 || maxRefFrames <= 1, in.bitPosition());
  }

  private static boolean hasChromaFormat(int profileIdc) {
    return switch (profileIdc) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void skipChromaAndScaling(BitReader in) {
    int chromaFormatIdc = in.unsignedExpGolomb();
    if (chromaFormatIdc == 3) {
      in.bit();
    }
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.bit();
    if (in.bit() == 1) {
      for (int i = 0; i < (chromaFormatIdc == 3 ? 12 : 8); i++) {
        if (in.bit() == 1) {
          skipScalingList(in, i < 6 ? 16 : 64);
        }
      }
    }
  }

  /** scaling_list, H.264 §7.3.2.1.1.1. */
  private static void skipScalingList(BitReader in, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size; i++) {
      if (next != 0) {
        next = (last + in.signedExpGolomb() + 256) & 0xFF;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void skipPocCycle(BitReader in) {
    in.bit();
    in.signedExpGolomb();
    in.signedExpGolomb();
    int cycle = in.unsignedExpGolomb();
    if (cycle < 0 || cycle > MAX_REF_FRAMES_IN_POC_CYCLE) {
      throw new IllegalArgumentException(
          "POC cycle of " + Integer.toUnsignedString(cycle) + " frames");
    }
    for (int i = 0; i < cycle; i++) {
      in.signedExpGolomb();
    }
  }

  /** Takes emulation prevention bytes out, H.264 §7.4.1. */
  static byte[] unescape(byte[] bytes, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      if (zeros >= 2 && bytes[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      out.write(bytes[i]);
    }
    return out.toByteArray();
  }
}
