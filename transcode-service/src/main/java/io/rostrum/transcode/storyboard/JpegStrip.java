package io.rostrum.transcode.storyboard;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of one size, one below the other in one baseline JPEG (ITU-T T.81).
 *
 * <p>They are put together as they are coded: a JPEG goes through its blocks row by row, so the
 * data of the lower picture follows that of the upper one, and a restart interval (§E.1.4) of one
 * picture starts its predictions anew. Nothing is decoded, nothing gets worse, and the same
 * pictures give the same bytes. A picture's height is filled up to whole blocks, which the encoder
 * has coded anyway.
 *
 * <p>Immutable.
 */
final class JpegStrip {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int DHT = 0xC4;
  private static final int SOF0 = 0xC0;
  private static final int COM = 0xFE;
  private static final int APP0 = 0xE0;
  private static final int APP15 = 0xEF;
  private static final int RST0 = 0xD0;
  private static final int RESTART_MARKERS = 8;
  private static final int BLOCK = 8;

  /** §B.2.2: the number of lines has 16 bits, and so has the restart interval (§B.2.4.4). */
  private static final int MAX_U16 = 0xFFFF;

  /** Where the number of lines lies in a frame header, from its marker on. */
  private static final int LINES_AT = 5;

  private final byte[] tables;
  private final byte[] frame;
  private final byte[] scan;
  private final int width;
  private final int height;
  private final int pitch;
  private final int restartInterval;
  private final List<byte[]> pictures;

  private JpegStrip(JpegStrip like, List<byte[]> pictures) {
    this.tables = like.tables;
    this.frame = like.frame;
    this.scan = like.scan;
    this.width = like.width;
    this.height = like.height;
    this.pitch = like.pitch;
    this.restartInterval = like.restartInterval;
    this.pictures = List.copyOf(pictures);
  }

  private JpegStrip(Reader read) throws MalformedJpegException {
    this.tables = read.tables.toByteArray();
    this.frame = read.frame;
    this.scan = read.scan;
    this.pictures = List.copyOf(read.pictures);
    int lines = u16(frame, LINES_AT);
    this.width = u16(frame, LINES_AT + 2);
    int blockWidth = BLOCK * read.largestSampling(4);
    int blockHeight = BLOCK * read.largestSampling(0);
    int blocksInRow = (width + blockWidth - 1) / blockWidth;
    if (lines == 0 || width == 0) {
      throw new MalformedJpegException("a JPEG of " + width + "x" + lines + " pixels");
    }
    int rows;
    if (read.restartInterval == 0) {
      rows = (lines + blockHeight - 1) / blockHeight;
      this.height = lines;
    } else {
      rows = read.restartInterval / blocksInRow;
      this.height = rows * blockHeight;
    }
    this.pitch = rows * blockHeight;
    this.restartInterval = rows * blocksInRow;
    boolean whole =
        read.restartInterval == 0
            ? pictures.size() == 1
            : restartInterval == read.restartInterval && pictures.size() * pitch == lines;
    if (!whole || restartInterval > MAX_U16) {
      throw new MalformedJpegException(
          pictures.size() + " restart intervals do not fit " + lines + " lines of a strip");
    }
    frame[LINES_AT] = 0;
    frame[LINES_AT + 1] = 0;
  }

  /**
   * Reads a picture, or a strip that this class wrote.
   *
   * @throws MalformedJpegException if it is anything else: progressive, cut off, with data behind
   *     it
   */
  static JpegStrip parse(byte[] jpeg) throws MalformedJpegException {
    return new JpegStrip(new Reader(jpeg).read());
  }

  /**
   * Strips below one another.
   *
   * @param strips at least one
   * @throws MalformedJpegException if they are of different sizes or were coded with different
   *     tables, or are too many
   */
  static JpegStrip join(List<JpegStrip> strips) throws MalformedJpegException {
    JpegStrip first = strips.get(0);
    List<byte[]> pictures = new ArrayList<>();
    for (JpegStrip strip : strips) {
      if (!Arrays.equals(first.tables, strip.tables)
          || !Arrays.equals(first.frame, strip.frame)
          || !Arrays.equals(first.scan, strip.scan)
          || first.pitch != strip.pitch) {
        throw new MalformedJpegException("pictures of different sizes or codings");
      }
      pictures.addAll(strip.pictures);
    }
    if (pictures.size() * first.pitch > MAX_U16) {
      throw new MalformedJpegException(pictures.size() + " pictures are too high for one JPEG");
    }
    return new JpegStrip(first, pictures);
  }

  /** Width in pixels. */
  int width() {
    return width;
  }

  /** Height of a picture as it was read, in pixels; of a strip's the {@link #pitch()}. */
  int height() {
    return height;
  }

  /** Pixels from the top of a picture to the top of the next one. */
  int pitch() {
    return pitch;
  }

  /** How many pictures it has. */
  int count() {
    return pictures.size();
  }

  /** The JPEG. */
  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + tables.length);
    marker(out, SOI);
    out.writeBytes(tables);
    byte[] sized = frame.clone();
    int lines = pictures.size() * pitch;
    sized[LINES_AT] = (byte) (lines >> 8);
    sized[LINES_AT + 1] = (byte) lines;
    out.writeBytes(sized);
    marker(out, DRI);
    out.writeBytes(new byte[] {0, 4, (byte) (restartInterval >> 8), (byte) restartInterval});
    out.writeBytes(scan);
    for (int i = 0; i < pictures.size(); i++) {
      if (i > 0) {
        marker(out, RST0 + (i - 1) % RESTART_MARKERS);
      }
      out.writeBytes(pictures.get(i));
    }
    marker(out, EOI);
    return out.toByteArray();
  }

  private static void marker(ByteArrayOutputStream out, int code) {
    out.write(0xFF);
    out.write(code);
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  /** One pass over a JPEG. */
  private static final class Reader {
    private static final int COMPONENTS_AT = 9;
    private static final int COMPONENT_BYTES = 3;

    private final byte[] jpeg;
    private final ByteArrayOutputStream tables = new ByteArrayOutputStream();
    private final List<byte[]> pictures = new ArrayList<>();
    private byte[] frame;
    private byte[] scan;
    private int restartInterval;
    private int at;

    Reader(byte[] jpeg) {
      this.jpeg = jpeg;
    }

    Reader read() throws MalformedJpegException {
      if (marker() != SOI) {
        throw malformed("no SOI at the start");
      }
      while (scan == null) {
        segment(marker());
      }
      if (frame == null) {
        throw malformed("a scan before its frame header");
      }
      data();
      if (at != jpeg.length) {
        throw malformed((jpeg.length - at) + " bytes behind the end");
      }
      return this;
    }

    /** The largest sampling factor: bits 4 to 7 of its byte horizontally, 0 to 3 vertically. */
    int largestSampling(int shift) throws MalformedJpegException {
      int largest = 0;
      for (int i = COMPONENTS_AT + 2; i < frame.length; i += COMPONENT_BYTES) {
        largest = Math.max(largest, frame[i] >> shift & 0x0F);
      }
      if (largest < 1 || largest > 4) {
        throw malformed("a sampling factor of " + largest); // §B.2.2: 1 to 4
      }
      return largest;
    }

    private void segment(int code) throws MalformedJpegException {
      int start = at - 2;
      if (jpeg.length - at < 2 || u16(jpeg, at) < 2 || u16(jpeg, at) > jpeg.length - at) {
        throw malformed("a marker segment longer than the JPEG");
      }
      at += u16(jpeg, at);
      byte[] whole = Arrays.copyOfRange(jpeg, start, at);
      if (code == SOF0) {
        frame(whole);
      } else if (code == SOS) {
        scan = whole;
      } else if (code == DRI) {
        if (whole.length != 6) {
          throw malformed("a restart interval of another length than 4");
        }
        restartInterval = u16(whole, 4);
      } else if (code == DQT || code == DHT || code == COM || code >= APP0 && code <= APP15) {
        tables.writeBytes(whole);
      } else {
        throw malformed("marker " + Integer.toHexString(code) + ", which baseline JPEGs lack");
      }
    }

    private void frame(byte[] header) throws MalformedJpegException {
      boolean fits =
          frame == null
              && header.length > COMPONENTS_AT
              && header.length == COMPONENTS_AT + 1 + COMPONENT_BYTES * header[COMPONENTS_AT];
      if (!fits) {
        throw malformed("a second frame header, or one of a wrong length");
      }
      frame = header;
    }

    /** The coded data: a byte of 0xFF is followed by 0 (§B.1.1.5), or it starts a marker. */
    private void data() throws MalformedJpegException {
      int start = at;
      while (true) {
        if (jpeg.length - at < 2) {
          throw malformed("the coded data breaks off");
        }
        if (jpeg[at] != (byte) 0xFF || jpeg[at + 1] == 0) {
          at += jpeg[at] == (byte) 0xFF ? 2 : 1;
          continue;
        }
        pictures.add(Arrays.copyOfRange(jpeg, start, at));
        int code = jpeg[at + 1] & 0xFF;
        at += 2;
        start = at;
        if (code == EOI) {
          return;
        }
        if (code != RST0 + (pictures.size() - 1) % RESTART_MARKERS) {
          throw malformed("marker " + Integer.toHexString(code) + " within the coded data");
        }
      }
    }

    private int marker() throws MalformedJpegException {
      if (jpeg.length - at < 2 || jpeg[at] != (byte) 0xFF) {
        throw malformed("no marker");
      }
      at += 2;
      return jpeg[at - 1] & 0xFF;
    }

    private MalformedJpegException malformed(String what) {
      return new MalformedJpegException(what + ", at byte " + at + " of " + jpeg.length);
    }
  }
}
