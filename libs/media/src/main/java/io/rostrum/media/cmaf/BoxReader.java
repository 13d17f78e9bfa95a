package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;
import java.util.Arrays;

/**
 * Reads boxes and their fields from a range of an array: ISO/IEC 14496-12:2022 §4.2. A box that
 * claims more than its parent holds is malformed, so nothing is ever read or allocated beyond the
 * input. Not thread-safe.
 */
final class BoxReader {

  static final String FORMAT = "MP4";

  private final byte[] data;
  private final int end;
  private int at;

  BoxReader(byte[] data) {
    this(data, 0, data.length);
  }

  private BoxReader(byte[] data, int start, int end) {
    this.data = data;
    this.at = start;
    this.end = end;
  }

  /**
   * A box.
   *
   * @param start index of its first header byte
   * @param body reader of what follows the header
   */
  record Box(int type, int start, BoxReader body) {}

  /** Version and flags of a full box. */
  record FullHeader(int version, int flags) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  boolean hasMore() {
    return at < end;
  }

  /** Bytes not yet read. */
  int remaining() {
    return end - at;
  }

  /** Index in the whole array of the next byte. */
  int position() {
    return at;
  }

  /** Index in the whole array after the last byte. */
  int limit() {
    return end;
  }

  /** Reads a box header and passes over the box. */
  Box nextBox() throws MalformedMediaException {
    int start = at;
    long size = u32();
    int type = i32();
    if (size == 1) {
      size = u64();
    } else if (size == 0) {
      // "extends to the end of the file"; within a container it can only mean the container's end.
      size = end - start;
    }
    if (size < at - start || size > end - start) {
      throw MalformedMediaException.malformed(
          FORMAT,
          "box '"
              + FourCc.toText(type)
              + "' claims "
              + Long.toUnsignedString(size)
              + " bytes where "
              + (end - start)
              + " are left",
          start);
    }
    int boxEnd = start + (int) size;
    Box box = new Box(type, start, new BoxReader(data, at, boxEnd));
    at = boxEnd;
    return box;
  }

  /** The next child of a type, or {@code null}; the reader moves on behind it. */
  BoxReader find(int type) throws MalformedMediaException {
    while (hasMore()) {
      Box box = nextBox();
      if (box.type() == type) {
        return box.body();
      }
    }
    return null;
  }

  /** The first child of a type, from wherever this reader stands, without moving it. */
  BoxReader child(int type) throws MalformedMediaException {
    BoxReader found = new BoxReader(data, at, end).find(type);
    if (found == null) {
      throw malformed("lacks a box '" + FourCc.toText(type) + "'");
    }
    return found;
  }

  FullHeader fullHeader() throws MalformedMediaException {
    int value = i32();
    return new FullHeader(value >>> 24, value & 0xFF_FFFF);
  }

  int u8() throws MalformedMediaException {
    require(1);
    return data[at++] & 0xFF;
  }

  int u16() throws MalformedMediaException {
    require(2);
    int value = (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    at += 2;
    return value;
  }

  /** Four bytes as they are, whether signed or a code. */
  int i32() throws MalformedMediaException {
    require(4);
    int value =
        (data[at] & 0xFF) << 24
            | (data[at + 1] & 0xFF) << 16
            | (data[at + 2] & 0xFF) << 8
            | data[at + 3] & 0xFF;
    at += 4;
    return value;
  }

  long u32() throws MalformedMediaException {
    return i32() & 0xFFFF_FFFFL;
  }

  /** Eight bytes that must fit in 63 bits. */
  long u64() throws MalformedMediaException {
    long value = u32() << 32 | u32();
    if (value < 0) {
      throw malformed("64-bit value " + Long.toUnsignedString(value) + " is beyond 63 bits");
    }
    return value;
  }

  byte[] bytes(int count) throws MalformedMediaException {
    require(count);
    at += count;
    return Arrays.copyOfRange(data, at - count, at);
  }

  byte[] rest() throws MalformedMediaException {
    return bytes(remaining());
  }

  void skip(int count) throws MalformedMediaException {
    require(count);
    at += count;
  }

  MalformedMediaException malformed(String message) {
    return MalformedMediaException.malformed(FORMAT, message, at);
  }

  private void require(int count) throws MalformedMediaException {
    if (count < 0 || count > end - at) {
      throw malformed("needs " + count + " bytes where the box has " + (end - at) + " left");
    }
  }
}
