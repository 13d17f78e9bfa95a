package io.rostrum.hls;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/**
 * A piece of a playlist's text with its compressed form, made once and shared by every later state
 * of the playlist.
 *
 * <p>The compressed form is a run of deflate blocks that refers to nothing outside of itself and
 * ends on a byte boundary (RFC 1951 §3.2.4: a sync flush ends with an empty stored block), so
 * pieces one behind the other are one deflate stream.
 *
 * @param text UTF-8
 * @param deflated raw deflate blocks, not the last ones of a stream
 * @param crc CRC-32 of {@code text}
 */
record TextPiece(byte[] text, byte[] deflated, long crc) {
  // A Deflater holds some 250 KB of native memory: one per thread that renders, kept.
  private static final ThreadLocal<Deflater> DEFLATER =
      ThreadLocal.withInitial(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true));

  static TextPiece of(byte[] text) {
    return new TextPiece(text, deflate(text, false), Crc32.of(text));
  }

  static TextPiece join(List<TextPiece> pieces) {
    int length = pieces.stream().mapToInt(piece -> piece.text.length).sum();
    byte[] text = new byte[length];
    int at = 0;
    for (TextPiece piece : pieces) {
      System.arraycopy(piece.text, 0, text, at, piece.text.length);
      at += piece.text.length;
    }
    return of(text);
  }

  /**
   * @param last whether nothing follows in the stream
   */
  static byte[] deflate(byte[] text, boolean last) {
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setInput(text);
    if (last) {
      deflater.finish();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + text.length / 4);
    byte[] buffer = new byte[4096];
    int written;
    do {
      written =
          deflater.deflate(
              buffer, 0, buffer.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
      out.write(buffer, 0, written);
    } while (last ? !deflater.finished() : written == buffer.length);
    return out.toByteArray();
  }
}
