package io.rostrum.codecworker.h264;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The sequence and picture parameter set of an encoder, one of each.
 *
 * @param sps sequence parameter set NAL unit with its header
 * @param pps picture parameter set NAL unit with its header
 */
public record ParameterSets(byte[] sps, byte[] pps) {
  private static final int MIN_SPS_BYTES = 4;
  private static final int PROFILE_HIGH = 100;

  public ParameterSets {
    if (sps.length < MIN_SPS_BYTES
        || sps.length > 0xFFFF
        || pps.length < 1
        || pps.length > 0xFFFF) {
      throw new IllegalArgumentException(
          "parameter sets of " + sps.length + " and " + pps.length + " bytes");
    }
  }

  /** Takes them from an encoder's global header, a byte stream with exactly one of each. */
  public static ParameterSets ofGlobalHeader(byte[] header) {
    byte[] sps = null;
    byte[] pps = null;
    for (AnnexB.Nal nal : AnnexB.split(header)) {
      if (nal.type() == AnnexB.NAL_SPS && sps == null) {
        sps = nal.toBytes();
      } else if (nal.type() == AnnexB.NAL_PPS && pps == null) {
        pps = nal.toBytes();
      } else if (nal.type() == AnnexB.NAL_SPS || nal.type() == AnnexB.NAL_PPS) {
        throw new IllegalArgumentException(
            "global header has more than one NAL unit of type " + nal.type());
      }
    }
    if (sps == null || pps == null) {
      throw new IllegalArgumentException(
          "global header lacks " + (sps == null ? "an SPS" : "a PPS"));
    }
    return new ParameterSets(sps, pps);
  }

  /** The decoder configuration record with 4-byte NAL lengths, ISO/IEC 14496-15 §5.3.3.1.2. */
  public byte[] toAvcC() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.write(sps, 1, 3);
    out.write(0xFC | 3);
    out.write(0xE0 | 1);
    writeWithLength(out, sps);
    out.write(1);
    writeWithLength(out, pps);
    if ((sps[1] & 0xFF) >= PROFILE_HIGH) {
      // chroma_format 4:2:0, 8 bits of luma and of chroma, no SPS extension: all that a worker ever
      // makes.
      out.writeBytes(new byte[] {(byte) (0xFC | 1), (byte) 0xF8, (byte) 0xF8, 0});
    }
    return out.toByteArray();
  }

  /**
   * Turns an encoder's packet into a sample: slices alone, each with a 4-byte length. Parameter
   * sets live in the sample entry (avc1), so in-band copies are dropped once they are known to be
   * the same.
   *
   * @throws IllegalStateException if the packet has no slice, or other parameter sets than these
   */
  public Sample toSample(byte[] packet) {
    List<AnnexB.Nal> nals = AnnexB.split(packet);
    int size = 0;
    boolean idr = false;
    for (AnnexB.Nal nal : nals) {
      if (isSlice(nal)) {
        size += 4 + nal.length();
        idr |= nal.type() == AnnexB.NAL_IDR;
      } else if (nal.type() == AnnexB.NAL_SPS && !Arrays.equals(nal.toBytes(), sps)
          || nal.type() == AnnexB.NAL_PPS && !Arrays.equals(nal.toBytes(), pps)) {
        throw new IllegalStateException("the encoder changed its parameter sets inside a segment");
      }
    }
    if (size == 0) {
      throw new IllegalStateException("the encoder made a packet without a slice");
    }
    byte[] data = new byte[size];
    int at = 0;
    for (AnnexB.Nal nal : nals) {
      if (isSlice(nal)) {
        data[at] = (byte) (nal.length() >>> 24);
        data[at + 1] = (byte) (nal.length() >>> 16);
        data[at + 2] = (byte) (nal.length() >>> 8);
        data[at + 3] = (byte) nal.length();
        System.arraycopy(nal.stream(), nal.offset(), data, at + 4, nal.length());
        at += 4 + nal.length();
      }
    }
    return new Sample(data, idr);
  }

  /**
   * @param data length-prefixed slices
   * @param sync whether they are an IDR's
   */
  public record Sample(byte[] data, boolean sync) {}

  private static boolean isSlice(AnnexB.Nal nal) {
    return nal.type() == AnnexB.NAL_SLICE || nal.type() == AnnexB.NAL_IDR;
  }

  private static void writeWithLength(ByteArrayOutputStream out, byte[] nal) {
    out.write(nal.length >>> 8);
    out.write(nal.length);
    out.writeBytes(nal);
  }
}
