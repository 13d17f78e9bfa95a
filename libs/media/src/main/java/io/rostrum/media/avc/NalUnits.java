package io.rostrum.media.avc;

import io.rostrum.media.CodedBytes;
import io.rostrum.media.MalformedMediaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The two framings of NAL units: behind a length (ISO/IEC 14496-15:2022, as FLV and MP4 carry them)
 * and behind start codes (ITU-T H.264 (08/2021) Annex B, as RTP and TS tools hand them over).
 * Readers return views of the given array.
 */
public final class NalUnits {

  /**
   * Most NAL units in one access unit: level 6.2 allows far fewer slices in real use, and each unit
   * costs an object.
   */
  public static final int MAX_UNITS = 4096;

  /** Of a length as the house writes it. */
  private static final int LENGTH_BYTES = 4;

  private static final String FORMAT = "H.264 access unit";

  private NalUnits() {}

  /** Units of a whole array; see {@link #lengthPrefixed(byte[], int, int, int)}. */
  public static List<NalUnit> lengthPrefixed(byte[] data, int lengthSize)
      throws MalformedMediaException {
    return lengthPrefixed(data, 0, data.length, lengthSize);
  }

  /**
   * Units that each stand behind their length. Units of length zero, which some encoders send as
   * padding, are passed over.
   *
   * @param lengthSize bytes per length: 1, 2, 3 or 4
   * @throws MalformedMediaException if a length goes beyond the range
   */
  public static List<NalUnit> lengthPrefixed(byte[] data, int offset, int length, int lengthSize)
      throws MalformedMediaException {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (lengthSize < 1 || lengthSize > 4) {
      throw new IllegalArgumentException("NAL unit lengths have 1 to 4 bytes, not " + lengthSize);
    }
    List<NalUnit> units = new ArrayList<>(4);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (end - at < lengthSize) {
        throw malformed("ends within the length of a NAL unit", at - offset);
      }
      long unitLength = 0;
      for (int i = 0; i < lengthSize; i++) {
        unitLength = unitLength << 8 | data[at + i] & 0xFF;
      }
      at += lengthSize;
      if (unitLength > end - at) {
        throw malformed(
            "NAL unit of " + unitLength + " bytes where " + (end - at) + " are left",
            at - offset - lengthSize);
      }
      if (unitLength > 0) {
        add(units, data, at, (int) unitLength, offset);
      }
      at += (int) unitLength;
    }
    return units;
  }

  /** Units of a whole array; see {@link #annexB(byte[], int, int)}. */
  public static List<NalUnit> annexB(byte[] data) throws MalformedMediaException {
    return annexB(data, 0, data.length);
  }

  /**
   * Units between start codes of three or four bytes. Zero bytes after a unit (trailing_zero_8bits)
   * do not belong to it.
   *
   * @throws MalformedMediaException if the range does not begin with a start code
   */
  public static List<NalUnit> annexB(byte[] data, int offset, int length)
      throws MalformedMediaException {
    Objects.checkFromIndexSize(offset, length, data.length);
    int end = offset + length;
    int code = nextStartCode(data, offset, end);
    for (int i = offset; i < Math.min(code, end); i++) {
      if (data[i] != 0) {
        throw malformed("does not begin with a start code", 0);
      }
    }
    if (code == end && length > 0) {
      throw malformed("holds no start code", 0);
    }
    List<NalUnit> units = new ArrayList<>(4);
    while (code < end) {
      int start = code + 3;
      int next = nextStartCode(data, start, end);
      int unitEnd = next;
      while (unitEnd > start && data[unitEnd - 1] == 0) {
        unitEnd--;
      }
      if (unitEnd > start) {
        add(units, data, start, unitEnd - start, offset);
      }
      code = next;
    }
    return units;
  }

  /**
   * Whether the range begins with a start code of three or four bytes. Length-prefixed data may do
   * so too, so try that framing first where it is the one to expect.
   */
  public static boolean beginsWithStartCode(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    int zeros = 0;
    while (zeros < 3 && zeros < length && data[offset + zeros] == 0) {
      zeros++;
    }
    return zeros >= 2 && zeros < length && data[offset + zeros] == 1;
  }

  /** The units, each behind a length of four bytes. */
  public static byte[] toLengthPrefixed(List<NalUnit> units) {
    byte[] out = new byte[framedSize(units)];
    int at = 0;
    for (NalUnit unit : units) {
      int length = unit.length();
      out[at++] = (byte) (length >>> 24);
      out[at++] = (byte) (length >>> 16);
      out[at++] = (byte) (length >>> 8);
      out[at++] = (byte) length;
      System.arraycopy(unit.buffer(), unit.offset(), out, at, length);
      at += length;
    }
    return out;
  }

  /**
   * The units, each behind a length of four bytes: as they lie in the array, where they lie so and
   * are not but a small part of it, or else copied.
   */
  public static CodedBytes asLengthPrefixed(List<NalUnit> units) {
    if (units.isEmpty() || !areLengthPrefixed(units)) {
      return CodedBytes.of(toLengthPrefixed(units));
    }
    NalUnit first = units.get(0);
    NalUnit last = units.get(units.size() - 1);
    int from = first.offset() - LENGTH_BYTES;
    return CodedBytes.of(first.buffer(), from, last.offset() + last.length() - from);
  }

  private static boolean areLengthPrefixed(List<NalUnit> units) {
    byte[] buffer = units.get(0).buffer();
    int at = units.get(0).offset() - LENGTH_BYTES;
    for (NalUnit unit : units) {
      if (unit.buffer() != buffer
          || at < 0
          || unit.offset() != at + LENGTH_BYTES
          || u32(buffer, at) != unit.length()) {
        return false;
      }
      at = unit.offset() + unit.length();
    }
    return true;
  }

  private static int u32(byte[] data, int at) {
    return data[at] << 24
        | (data[at + 1] & 0xFF) << 16
        | (data[at + 2] & 0xFF) << 8
        | data[at + 3] & 0xFF;
  }

  /** The units, each behind a start code of four bytes. */
  public static byte[] toAnnexB(List<NalUnit> units) {
    byte[] out = new byte[framedSize(units)];
    int at = 0;
    for (NalUnit unit : units) {
      out[at + 3] = 1;
      System.arraycopy(unit.buffer(), unit.offset(), out, at + 4, unit.length());
      at += 4 + unit.length();
    }
    return out;
  }

  private static int framedSize(List<NalUnit> units) {
    long size = 0;
    for (NalUnit unit : units) {
      size += 4L + unit.length();
    }
    return Math.toIntExact(size);
  }

  /** Index of the next 00 00 01 at or after {@code from}, or {@code end}. */
  private static int nextStartCode(byte[] data, int from, int end) {
    for (int i = from + 2; i < end; i++) {
      if (data[i] == 1 && data[i - 1] == 0 && data[i - 2] == 0) {
        return i - 2;
      }
    }
    return end;
  }

  private static void add(List<NalUnit> units, byte[] data, int at, int length, int offset)
      throws MalformedMediaException {
    if (units.size() == MAX_UNITS) {
      throw MalformedMediaException.limit(
          FORMAT, "more than " + MAX_UNITS + " NAL units", at - offset);
    }
    units.add(new NalUnit(data, at, length));
  }

  private static MalformedMediaException malformed(String message, int at) {
    return MalformedMediaException.malformed(FORMAT, message, at);
  }
}
