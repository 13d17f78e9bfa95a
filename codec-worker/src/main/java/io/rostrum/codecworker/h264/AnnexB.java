package io.rostrum.codecworker.h264;

import java.util.ArrayList;
import java.util.List;

/** Finds the NAL units of a byte stream (ITU-T H.264 Annex B). */
public final class AnnexB {
  /** Slice of a picture that is not an IDR, H.264 table 7-1. */
  public static final int NAL_SLICE = 1;

  /** Slice of an IDR picture. */
  public static final int NAL_IDR = 5;

  /** Sequence parameter set. */
  public static final int NAL_SPS = 7;

  /** Picture parameter set. */
  public static final int NAL_PPS = 8;

  private static final int NAL_TYPE_MASK = 0x1F;

  private AnnexB() {}

  /**
   * A NAL unit inside a byte stream.
   *
   * @param stream the bytes it lies in (shared)
   * @param offset of its header byte
   * @param length in bytes, at least 1
   */
  public record Nal(byte[] stream, int offset, int length) {
    /** The unit's type, H.264 §7.4.1. */
    public int type() {
      return stream[offset] & NAL_TYPE_MASK;
    }

    /** A copy of the unit, header included. */
    public byte[] toBytes() {
      byte[] copy = new byte[length];
      System.arraycopy(stream, offset, copy, 0, length);
      return copy;
    }
  }

  /**
   * Splits a stream at its start codes; bytes before the first start code and trailing zero bytes
   * belong to no unit.
   */
  public static List<Nal> split(byte[] stream) {
    List<Nal> nals = new ArrayList<>();
    int start = nextStartCode(stream, 0);
    while (start < stream.length) {
      int offset = start + 3;
      int next = nextStartCode(stream, offset);
      int end = next;
      while (end > offset && stream[end - 1] == 0) {
        end--;
      }
      if (end > offset) {
        nals.add(new Nal(stream, offset, end - offset));
      }
      start = next;
    }
    return nals;
  }

  /**
   * The index of the next 00 00 01, or the stream's length. Looks at every third byte, as most are
   * larger than 1.
   */
  private static int nextStartCode(byte[] stream, int from) {
    int i = from + 2;
    while (i < stream.length) {
      int value = stream[i];
      if (value == 1 && stream[i - 1] == 0 && stream[i - 2] == 0) {
        return i - 2;
      }
      i += value == 0 ? 1 : 3;
    }
    return stream.length;
  }
}
