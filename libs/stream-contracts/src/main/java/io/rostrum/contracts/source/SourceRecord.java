package io.rostrum.contracts.source;

import io.rostrum.contracts.BinaryFields;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.PartTarget;
import java.nio.ByteBuffer;
import java.time.Instant;

/** One record of the {@code source} topic. */
public sealed interface SourceRecord {
  /** The version byte that every record starts with. */
  int VERSION = 1;

  /** The publication that the record belongs to. */
  String publicationId();

  /**
   * Ordinal of the record in its publication, from 0 without holes: a hole means that something was
   * lost.
   */
  long sequence();

  /** The record's value. */
  byte[] toBytes();

  /** How a publication came in. */
  enum Protocol {
    RTMP,
    RTMPS,
    WHIP
  }

  /** Why a publication ended. */
  enum EndReason {
    /** The publisher said goodbye, or its connection closed. */
    PUBLISHER_LEFT,
    /** Nothing came for too long. */
    TIMED_OUT,
    /** A producer ended the broadcast. */
    BROADCAST_ENDED,
    /** A newer publication took over. */
    SUPERSEDED,
    /** The stream key was revoked, or the broadcast was cancelled or deleted. */
    REVOKED,
    /** What it sent could not be understood. */
    MALFORMED,
    /** Ingest was shut down or could not deliver to Kafka. */
    INGEST_STOPPED
  }

  /**
   * A publisher was accepted and its tracks are known; or what it sends goes on, behind a
   * discontinuity, with media time 0 anew.
   *
   * @param sequence 0, or more where the publication goes on
   * @param keyId the stream key it used
   * @param node the ingest node that holds the connection
   * @param pdt wall-clock time of the publication's media time 0
   * @param client how the publisher names itself; may be empty
   * @param partTargetMs how long parts may be, as ingest was set when it came: it counts for the
   *     broadcast's life where this is its first publication
   * @param init CMAF init segment (ftyp, moov) with all tracks. Over RTMP a changed format or a
   *     jump of timestamps is a new publication on the same connection. A WebRTC session, whose
   *     codecs are settled when it opens, is one publication: after a pause, or where a track came
   *     or fell silent, it has another start with the same id
   */
  record PublicationStart(
      String publicationId,
      long sequence,
      Protocol protocol,
      String keyId,
      String node,
      Instant pdt,
      String client,
      int partTargetMs,
      byte[] init)
      implements SourceRecord {
    public PublicationStart {
      Ids.requireId("publication id", publicationId);
      PartTarget.check(partTargetMs);
    }

    /** A publication with parts of {@link PartTarget#DEFAULT_MS}. */
    public PublicationStart(
        String publicationId,
        long sequence,
        Protocol protocol,
        String keyId,
        String node,
        Instant pdt,
        String client,
        byte[] init) {
      this(
          publicationId, sequence, protocol, keyId, node, pdt, client, PartTarget.DEFAULT_MS, init);
    }

    @Override
    public byte[] toBytes() {
      return SourceRecords.write(
          1,
          this,
          out -> {
            out.writeByte(protocol.ordinal());
            SourceRecords.ascii(out, keyId);
            SourceRecords.ascii(out, node);
            out.writeLong(pdt.toEpochMilli());
            SourceRecords.ascii(out, client);
            out.writeInt(init.length);
            out.write(init);
            out.writeInt(partTargetMs);
          });
    }
  }

  /**
   * At most 100 ms of one track: one {@code moof} and its {@code mdat}, times on the publication's
   * media clock (0 is the first access unit of the publication).
   *
   * @param trackId the track in the init segment
   * @param segmentStart whether a segment starts with its first access unit (on the track that
   *     leads: video, or audio where there is no video)
   * @param partStart whether a part starts there
   * @param sync whether its first access unit can be decoded on its own
   * @param receivedAtMs wall-clock time at which ingest had its last byte, for latency figures only
   * @param payload the fragment; a view of the record's value where the chunk was read
   */
  record Chunk(
      String publicationId,
      long sequence,
      int trackId,
      boolean segmentStart,
      boolean partStart,
      boolean sync,
      long receivedAtMs,
      ByteBuffer payload)
      implements SourceRecord {
    @Override
    public byte[] toBytes() {
      ByteBuffer value = begin(payload.remaining());
      return value.put(payload.duplicate()).array();
    }

    /**
     * The record's value up to its payload, whatever this chunk's own payload is: for who writes
     * the payload straight to its place.
     *
     * @param payloadBytes length of the payload to come
     * @return at the payload's place, with room for exactly the payload; its array is the value
     */
    public ByteBuffer begin(int payloadBytes) {
      return SourceRecords.begin(this, payloadBytes);
    }

    /** A copy of the payload's bytes. */
    public byte[] payloadBytes() {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return bytes;
    }
  }

  /**
   * Nothing more comes from this publication.
   *
   * @param reason why
   * @param endsBroadcast whether the broadcast is over with it: ingest acted on "end it"
   */
  record PublicationEnd(
      String publicationId, long sequence, EndReason reason, boolean endsBroadcast)
      implements SourceRecord {
    @Override
    public byte[] toBytes() {
      return SourceRecords.write(
          3,
          this,
          out -> {
            out.writeByte(reason.ordinal());
            out.writeByte(endsBroadcast ? 1 : 0);
          });
    }
  }

  /**
   * @throws ContractException if {@code value} is not a source record of a version this build knows
   */
  static SourceRecord parse(byte[] value) {
    return SourceRecords.read(new BinaryFields("source record", value));
  }
}
