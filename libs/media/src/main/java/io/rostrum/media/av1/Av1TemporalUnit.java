package io.rostrum.media.av1;

import io.rostrum.media.MalformedMediaException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A publisher's AV1 temporal unit, AV1 1.0.0 with errata 1 §7.5, sorted into what stays in the
 * sample (AV1 ISOBMFF binding 1.2.0 §2.4) and what does not: temporal delimiters, tile lists and
 * padding.
 */
public final class Av1TemporalUnit {

  /** Most OBUs in one unit; each costs an object. */
  public static final int MAX_OBUS = 4096;

  private static final String FORMAT = "AV1 temporal unit";

  /** §6.2.2, as all below. */
  private static final int SEQUENCE_HEADER = 1;

  private static final int TEMPORAL_DELIMITER = 2;
  private static final int FRAME_HEADER = 3;
  private static final int FRAME = 6;
  private static final int REDUNDANT_FRAME_HEADER = 7;
  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;

  /** An OBU: where its payload lies, and its header without the size. */
  private record Obu(int header, int extension, int start, int length) {}

  private final byte[] buffer;
  private final List<Obu> kept = new ArrayList<>(4);
  private byte[] sequenceHeader;
  private boolean frameSeen;
  private boolean keyFrame;

  private Av1TemporalUnit(byte[] buffer) {
    this.buffer = buffer;
  }

  /**
   * Reads OBUs that each have a size; the last may do without.
   *
   * @throws MalformedMediaException if a size goes beyond the range, or there are more than {@link
   *     #MAX_OBUS}
   */
  public static Av1TemporalUnit parse(byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    Av1TemporalUnit unit = new Av1TemporalUnit(buffer);
    int end = offset + length;
    int at = offset;
    int obus = 0;
    while (at < end) {
      if (++obus > MAX_OBUS) {
        throw MalformedMediaException.limit(FORMAT, "more than " + MAX_OBUS + " OBUs", at - offset);
      }
      at = unit.read(at, end, offset);
    }
    return unit;
  }

  /** obu_header() and obu_size, §5.3.2 and §5.3.1. */
  private int read(int from, int end, int offset) throws MalformedMediaException {
    int header = buffer[from] & 0xFF;
    if ((header & 0x80) != 0) {
      throw MalformedMediaException.malformed(FORMAT, "forbidden bit is set", from - offset);
    }
    int at = from + 1;
    int extension = -1;
    if ((header & 4) != 0) {
      requireByte(at, end, offset);
      extension = buffer[at++] & 0xFF;
    }
    long size = end - at;
    if ((header & 2) != 0) {
      size = 0;
      int shift = 0;
      int next;
      do {
        requireByte(at, end, offset);
        next = buffer[at++] & 0xFF;
        size |= (long) (next & 0x7F) << shift;
        shift += 7;
      } while ((next & 0x80) != 0 && shift < 56);
      if ((next & 0x80) != 0 || size > end - at) {
        throw MalformedMediaException.malformed(
            FORMAT, "OBU is longer than what is left of the unit", from - offset);
      }
    }
    keep(new Obu(header, extension, at, (int) size));
    return at + (int) size;
  }

  private static void requireByte(int at, int end, int offset) throws MalformedMediaException {
    if (at >= end) {
      throw MalformedMediaException.malformed(
          FORMAT, "ends within the header of an OBU", at - offset);
    }
  }

  private void keep(Obu obu) {
    int type = obu.header >> 3 & 0xF;
    if (type == TEMPORAL_DELIMITER || type == TILE_LIST || type == PADDING) {
      return;
    }
    kept.add(obu);
    if (type == SEQUENCE_HEADER) {
      sequenceHeader = Arrays.copyOfRange(buffer, obu.start, obu.start + obu.length);
    } else if ((type == FRAME || type == FRAME_HEADER || type == REDUNDANT_FRAME_HEADER)
        && !frameSeen) {
      frameSeen = true;
      // uncompressed_header(), §5.9.2: show_existing_frame (1), frame_type (2), show_frame (1). A
      // shown key frame, and no earlier frame shown again.
      keyFrame = obu.length > 0 && (buffer[obu.start] & 0xF0) == 0x10;
    }
  }

  /** Payload of the sequence header OBU; {@code null} where there is none. */
  public byte[] sequenceHeader() {
    return sequenceHeader;
  }

  /** Whether there is anything to show. */
  public boolean hasFrame() {
    return frameSeen;
  }

  /**
   * Whether decoding can start here, given a sequence header: the first frame is a key frame and is
   * shown.
   */
  public boolean keyFrame() {
    return keyFrame;
  }

  /** The sample: what is kept, every OBU with its size. A new array. */
  public byte[] toSample() {
    int length = kept.stream().mapToInt(obu -> obu.length + 8).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    for (Obu obu : kept) {
      out.write(obu.header | 2);
      if (obu.extension >= 0) {
        out.write(obu.extension);
      }
      Av1DecoderConfig.writeLeb128(out, obu.length);
      out.write(buffer, obu.start, obu.length);
    }
    return out.toByteArray();
  }
}
