package io.rostrum.contracts.source;

import io.rostrum.contracts.BinaryFields;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.PartTarget;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The binary form; see the record types for what the fields mean. */
final class SourceRecords {
  private SourceRecords() {}

  interface Fields {
    void write(DataOutputStream out) throws IOException;
  }

  static byte[] write(int kind, SourceRecord record, Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(SourceRecord.VERSION);
      out.writeByte(kind);
      ascii(out, record.publicationId());
      out.writeLong(record.sequence());
      fields.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array stream does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Twenty a second and publisher: into one array of the right size. */
  static ByteBuffer begin(SourceRecord.Chunk chunk, int payloadBytes) {
    byte[] id = chunk.publicationId().getBytes(StandardCharsets.US_ASCII);
    int length = 2 + 1 + id.length + Long.BYTES + 2 + Long.BYTES + payloadBytes;
    return ByteBuffer.allocate(length)
        .put((byte) SourceRecord.VERSION)
        .put((byte) 2)
        .put((byte) id.length)
        .put(id)
        .putLong(chunk.sequence())
        .put((byte) chunk.trackId())
        .put(
            (byte)
                ((chunk.segmentStart() ? 1 : 0)
                    | (chunk.partStart() ? 2 : 0)
                    | (chunk.sync() ? 4 : 0)))
        .putLong(chunk.receivedAtMs());
  }

  static SourceRecord read(BinaryFields in) {
    int version = in.u8();
    if (version != SourceRecord.VERSION) {
      throw new ContractException(
          "source record of version " + version + ", known is " + SourceRecord.VERSION);
    }
    int kind = in.u8();
    String publicationId = in.ascii();
    long sequence = in.i64();
    switch (kind) {
      case 1:
        return publicationStart(publicationId, sequence, in);
      case 2:
        int trackId = in.u8();
        int flags = in.u8();
        return new SourceRecord.Chunk(
            publicationId,
            sequence,
            trackId,
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            in.i64(),
            in.rest());
      case 3:
        return new SourceRecord.PublicationEnd(
            publicationId,
            sequence,
            constant(SourceRecord.EndReason.values(), in.u8()),
            in.u8() != 0);
      default:
        throw new ContractException("source record of unknown kind " + kind);
    }
  }

  private static SourceRecord publicationStart(
      String publicationId, long sequence, BinaryFields in) {
    SourceRecord.Protocol protocol = constant(SourceRecord.Protocol.values(), in.u8());
    String keyId = in.ascii();
    String node = in.ascii();
    Instant pdt = Instant.ofEpochMilli(in.i64());
    String client = in.ascii();
    byte[] init = in.bytes();
    // Records of builds that knew only one length of parts end here.
    int partTargetMs = in.hasMore() ? in.i32() : PartTarget.DEFAULT_MS;
    return new SourceRecord.PublicationStart(
        publicationId, sequence, protocol, keyId, node, pdt, client, partTargetMs, init);
  }

  private static <E extends Enum<E>> E constant(E[] values, int ordinal) {
    if (ordinal >= values.length) {
      throw new ContractException(
          "source record with unknown constant "
              + ordinal
              + " of "
              + values.getClass().getSimpleName());
    }
    return values[ordinal];
  }

  /**
   * Text of at most 255 characters behind its length; longer text is cut, other characters become
   * '?'.
   */
  static void ascii(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(bytes.length, 255);
    out.writeByte(length);
    out.write(bytes, 0, length);
  }
}
