package io.rostrum.hls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one playlist in one state, plain and compressed: made once, sent to everybody.
 *
 * <p>Thread safe. The arrays are shared: nobody writes to them.
 */
public final class RenderedPlaylist {
  // RFC 1952 §2.3: deflate, no name, no time (the same bytes on every node), unknown system
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final byte[] head;
  private final List<TextPiece> settled;
  private final byte[] tail;
  private final int length;
  private final long crc;
  private volatile List<byte[]> gzip;

  private RenderedPlaylist(byte[] head, List<TextPiece> settled, byte[] tail) {
    this.head = head;
    this.settled = settled;
    this.tail = tail;
    long sum = Crc32.of(head);
    int bytes = head.length;
    for (TextPiece piece : settled) {
      sum = Crc32.combine(sum, piece.crc(), piece.text().length);
      bytes += piece.text().length;
    }
    this.crc = Crc32.combine(sum, Crc32.of(tail), tail.length);
    this.length = bytes + tail.length;
  }

  /** A playlist from its whole text. */
  public static RenderedPlaylist of(byte[] text) {
    return new RenderedPlaylist(text, List.of(), new byte[0]);
  }

  static RenderedPlaylist of(byte[] head, List<TextPiece> settled, byte[] tail) {
    return new RenderedPlaylist(head, settled, tail);
  }

  /** The text as pieces that follow one another. */
  public List<byte[]> plain() {
    List<byte[]> text = new ArrayList<>(settled.size() + 2);
    text.add(head);
    for (TextPiece piece : settled) {
      text.add(piece.text());
    }
    text.add(tail);
    return text;
  }

  /** Length of the text in bytes. */
  public int length() {
    return length;
  }

  /** The text as one gzip member, in pieces that follow one another. */
  public List<byte[]> gzip() {
    List<byte[]> made = gzip;
    if (made == null) {
      synchronized (this) {
        made = gzip;
        if (made == null) {
          made = compress();
          gzip = made;
        }
      }
    }
    return made;
  }

  private List<byte[]> compress() {
    List<byte[]> out = new ArrayList<>(settled.size() + 4);
    out.add(GZIP_HEADER);
    if (settled.isEmpty()) {
      // One run over both: they are short, and the second refers to the first.
      byte[] text = new byte[length];
      System.arraycopy(head, 0, text, 0, head.length);
      System.arraycopy(tail, 0, text, head.length, tail.length);
      out.add(TextPiece.deflate(text, true));
    } else {
      out.add(TextPiece.deflate(head, false));
      for (TextPiece piece : settled) {
        out.add(piece.deflated());
      }
      out.add(TextPiece.deflate(tail, true));
    }
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.add(trailer.putInt((int) crc).putInt(length).array());
    return List.copyOf(out);
  }

  /** Names these bytes among all states of the same playlist: for an ETag. */
  public String contentTag() {
    return Long.toHexString(crc) + "-" + Integer.toHexString(length);
  }
}
