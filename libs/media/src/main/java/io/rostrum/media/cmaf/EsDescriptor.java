package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;

/**
 * The ES_Descriptor in an {@code esds} box, ISO/IEC 14496-1:2010 §7.2.6.5, reduced to an
 * AudioSpecificConfig: ISO/IEC 14496-14:2020.
 */
final class EsDescriptor {

  private static final int ES_TAG = 3;
  private static final int DECODER_CONFIG_TAG = 4;
  private static final int DECODER_SPECIFIC_TAG = 5;
  private static final int SL_CONFIG_TAG = 6;

  /** objectTypeIndication of ISO/IEC 14496-3. */
  private static final int MPEG4_AUDIO = 0x40;

  /** streamType 5 (audio), upStream 0, reserved 1. */
  private static final int AUDIO_STREAM = 5 << 2 | 1;

  private EsDescriptor() {}

  static void write(BoxWriter out, byte[] asc) {
    int decoderConfigLength = 13 + lengthOf(asc.length);
    int streamLength = 3 + lengthOf(decoderConfigLength) + lengthOf(1);
    begin(out, ES_TAG, streamLength);
    out.u16(0).u8(0); // ES_ID 0 within files, no dependencies
    begin(out, DECODER_CONFIG_TAG, decoderConfigLength);
    out.u8(MPEG4_AUDIO).u8(AUDIO_STREAM);
    out.u24(0).u32(0).u32(0); // buffer size and bit rates unknown
    begin(out, DECODER_SPECIFIC_TAG, asc.length);
    out.bytes(asc);
    begin(out, SL_CONFIG_TAG, 1);
    out.u8(2); // predefined for MP4 files
  }

  /** Tag and length; the length has seven bits per byte, highest first: §8.3.3. */
  private static void begin(BoxWriter out, int tag, int bodyLength) {
    out.u8(tag);
    for (int shift = 7 * (lengthBytes(bodyLength) - 1); shift > 0; shift -= 7) {
      out.u8(0x80 | bodyLength >> shift & 0x7F);
    }
    out.u8(bodyLength & 0x7F);
  }

  /** Length of a descriptor with its header. */
  private static int lengthOf(int bodyLength) {
    return 1 + lengthBytes(bodyLength) + bodyLength;
  }

  private static int lengthBytes(int bodyLength) {
    return bodyLength < 1 << 7 ? 1 : bodyLength < 1 << 14 ? 2 : 3;
  }

  /** Reads the body of an {@code esds} after version and flags. */
  static byte[] readAudioSpecificConfig(BoxReader body) throws MalformedMediaException {
    descriptor(body, ES_TAG);
    body.skip(2);
    int flags = body.u8();
    if ((flags & 0x80) != 0) {
      body.skip(2); // dependsOn_ES_ID
    }
    if ((flags & 0x40) != 0) {
      body.skip(body.u8()); // URL
    }
    if ((flags & 0x20) != 0) {
      body.skip(2); // OCR_ES_ID
    }
    descriptor(body, DECODER_CONFIG_TAG);
    int objectType = body.u8();
    if (objectType != MPEG4_AUDIO) {
      throw MalformedMediaException.unsupported(
          BoxReader.FORMAT,
          "mp4a with object type 0x" + Integer.toHexString(objectType) + " is not MPEG-4 audio",
          body.position() - 1);
    }
    body.skip(12);
    return body.bytes(descriptor(body, DECODER_SPECIFIC_TAG));
  }

  /** Tag and length; the length has seven bits per byte, at most four: §8.3.3. */
  private static int descriptor(BoxReader body, int tag) throws MalformedMediaException {
    int found = body.u8();
    if (found != tag) {
      throw body.malformed("descriptor tag " + found + " where " + tag + " should be");
    }
    int length = 0;
    for (int i = 0; i < 4; i++) {
      int value = body.u8();
      length = length << 7 | value & 0x7F;
      if ((value & 0x80) == 0) {
        if (length > body.remaining()) {
          throw body.malformed("descriptor of " + length + " bytes is longer than its box");
        }
        return length;
      }
    }
    throw body.malformed("descriptor length of more than four bytes");
  }
}
