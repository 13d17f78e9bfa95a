package io.rostrum.rtmp.flv;

import io.rostrum.rtmp.RtmpException;

/** Reads the header fields of one tag body; never past its end. */
final class TagCursor {

  final byte[] in;
  private final String what;
  int at;
  int end;

  TagCursor(byte[] in, String what) {
    this.in = in;
    this.what = what;
    this.end = in.length;
  }

  int u8() {
    need(1);
    return in[at++] & 0xFF;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int u24() {
    return u16() << 8 | u8();
  }

  /** FLV's SI24: 24 bits, two's complement. */
  int s24() {
    return u24() << 8 >> 8;
  }

  int u32() {
    return u16() << 16 | u16();
  }

  boolean hasMore() {
    return at < end;
  }

  void skip(int bytes) {
    need(bytes);
    at += bytes;
  }

  void need(int bytes) {
    if (end - at < bytes) {
      throw RtmpException.malformed(at, what + " tag cut short");
    }
  }
}
