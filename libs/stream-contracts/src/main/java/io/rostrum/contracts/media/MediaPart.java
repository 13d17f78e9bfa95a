package io.rostrum.contracts.media;

import io.rostrum.contracts.BinaryFields;
import io.rostrum.contracts.ContractException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One part of one rendition.
 *
 * <p>A transcoder that takes over re-does the open segment and sends its parts again. Readers keep
 * the first copy of (msn, part, rendition) and ignore records of an older epoch than the newest
 * seen in the broadcast.
 *
 * @param epoch the owner's epoch, raised with every change of owner
 * @param msn the segment
 * @param part ordinal in the segment, from 0
 * @param rendition the rendition's name
 * @param durationTicks sum of the durations of its samples, in ticks of {@code timescale}
 * @param timescale ticks per second
 * @param independent whether it holds an independently decodable frame (every audio part does)
 * @param payload CMAF: {@code moof} and {@code mdat}; a view of the record's value where the part
 *     was read
 */
public record MediaPart(
    long epoch,
    long msn,
    int part,
    String rendition,
    long durationTicks,
    int timescale,
    boolean independent,
    ByteBuffer payload) {
  private static final int VERSION = 1;

  /** The record's value. */
  public byte[] toBytes() {
    byte[] name = rendition.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(1 + 8 + 8 + 4 + 1 + name.length + 8 + 4 + 1 + payload.remaining());
    out.put((byte) VERSION).putLong(epoch).putLong(msn).putInt(part);
    out.put((byte) name.length).put(name);
    out.putLong(durationTicks).putInt(timescale).put((byte) (independent ? 1 : 0));
    out.put(payload.duplicate());
    return out.array();
  }

  /**
   * @throws ContractException if {@code value} is not a part of a version this build knows
   */
  public static MediaPart parse(byte[] value) {
    BinaryFields in = new BinaryFields("media part", value);
    int version = in.u8();
    if (version != VERSION) {
      throw new ContractException("media part of version " + version + ", known is " + VERSION);
    }
    return new MediaPart(
        in.i64(), in.i64(), in.i32(), in.ascii(), in.i64(), in.i32(), in.u8() != 0, in.rest());
  }
}
