package io.rostrum.media.cmaf;

import io.rostrum.media.CodedBytes;
import java.util.Arrays;

/**
 * Writes boxes into one array. With the exact capacity given at the start nothing is ever copied.
 * Not thread-safe.
 */
final class BoxWriter {

  private byte[] out;
  private int at;

  BoxWriter(int capacity) {
    this(new byte[capacity], 0);
  }

  /** Writes into an array that has room for all that is to come. */
  BoxWriter(byte[] out, int at) {
    this.out = out;
    this.at = at;
  }

  /** Begins a box; the result goes to {@link #end}. */
  int begin(int type) {
    int start = at;
    u32(0);
    u32(type);
    return start;
  }

  /** Begins a full box: version and flags, ISO/IEC 14496-12:2022 §4.2.2. */
  int beginFull(int type, int version, int flags) {
    int start = begin(type);
    u32(version << 24 | flags);
    return start;
  }

  /** Ends a box: its size is known now. */
  void end(int start) {
    int size = at - start;
    out[start] = (byte) (size >>> 24);
    out[start + 1] = (byte) (size >>> 16);
    out[start + 2] = (byte) (size >>> 8);
    out[start + 3] = (byte) size;
  }

  BoxWriter u8(int value) {
    reserve(1);
    out[at++] = (byte) value;
    return this;
  }

  BoxWriter u16(int value) {
    reserve(2);
    out[at++] = (byte) (value >>> 8);
    out[at++] = (byte) value;
    return this;
  }

  BoxWriter u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  BoxWriter u32(int value) {
    reserve(4);
    out[at++] = (byte) (value >>> 24);
    out[at++] = (byte) (value >>> 16);
    out[at++] = (byte) (value >>> 8);
    out[at++] = (byte) value;
    return this;
  }

  BoxWriter u64(long value) {
    return u32((int) (value >>> 32)).u32((int) value);
  }

  BoxWriter zeros(int count) {
    reserve(count);
    at += count;
    return this;
  }

  BoxWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  BoxWriter bytes(CodedBytes coded) {
    return bytes(coded.buffer(), coded.offset(), coded.length());
  }

  BoxWriter bytes(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, out, at, length);
    at += length;
    return this;
  }

  /** Identity transformation of tkhd and mvhd: 16.16 fixed point, last column 2.30. */
  BoxWriter unityMatrix() {
    return u32(0x1_0000).zeros(12).u32(0x1_0000).zeros(12).u32(0x4000_0000);
  }

  /** What was written: the array itself if its capacity was exact, else a copy. */
  byte[] toByteArray() {
    return at == out.length ? out : Arrays.copyOf(out, at);
  }

  private void reserve(int count) {
    if (out.length - at < count) {
      out = Arrays.copyOf(out, Math.max(at + count, out.length * 2));
    }
  }
}
