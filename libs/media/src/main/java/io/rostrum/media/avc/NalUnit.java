package io.rostrum.media.avc;

import io.rostrum.media.CodedBytes;
import java.util.Arrays;
import java.util.Objects;

/**
 * One NAL unit within a larger array: header byte and payload, without length or start code. A
 * view, not a copy: it shares {@code buffer} with its source.
 *
 * @param buffer the array that holds the unit
 * @param offset index of the header byte
 * @param length bytes, at least 1
 */
public record NalUnit(byte[] buffer, int offset, int length) {

  /** Coded slice of a non-IDR picture: ITU-T H.264 (08/2021) table 7-1, as all below. */
  public static final int TYPE_NON_IDR_SLICE = 1;

  public static final int TYPE_IDR_SLICE = 5;
  public static final int TYPE_SEI = 6;
  public static final int TYPE_SPS = 7;
  public static final int TYPE_PPS = 8;
  public static final int TYPE_ACCESS_UNIT_DELIMITER = 9;
  public static final int TYPE_END_OF_SEQUENCE = 10;
  public static final int TYPE_END_OF_STREAM = 11;
  public static final int TYPE_FILLER_DATA = 12;
  public static final int TYPE_SPS_EXTENSION = 13;

  public NalUnit {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length < 1) {
      throw new IllegalArgumentException("A NAL unit has at least its header byte");
    }
  }

  /** A unit that fills a whole array. */
  public static NalUnit of(byte[] bytes) {
    return new NalUnit(bytes, 0, bytes.length);
  }

  /** nal_unit_type, 0 to 31. */
  public int type() {
    return buffer[offset] & 0x1F;
  }

  /** nal_ref_idc, 0 to 3: 0 if no other picture refers to this one. */
  public int refIdc() {
    return buffer[offset] >> 5 & 3;
  }

  /** Whether the unit carries picture data: types 1 to 5. */
  public boolean isSlice() {
    return type() >= TYPE_NON_IDR_SLICE && type() <= TYPE_IDR_SLICE;
  }

  /** A copy of the unit. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** Compares the units' bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NalUnit that && coded().equals(that.coded());
  }

  @Override
  public int hashCode() {
    return coded().hashCode();
  }

  private CodedBytes coded() {
    return new CodedBytes(buffer, offset, length);
  }

  /** Type and size; never the bytes. */
  @Override
  public String toString() {
    return "NalUnit[type=" + type() + ", " + length + " bytes]";
  }
}
