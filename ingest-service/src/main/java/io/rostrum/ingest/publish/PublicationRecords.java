package io.rostrum.ingest.publish;

import io.rostrum.contracts.Ids;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.ingest.media.PublicationOpener;
import io.rostrum.ingest.media.PublicationOutput;
import io.rostrum.ingest.source.SourceWriter;
import io.rostrum.media.Track;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes the publications of one connection as records: start, chunks, end. A publication that the
 * media demands in mid-connection supersedes the one before, which needs no end of its own; over
 * WebRTC, where codecs are settled when the session opens, the one goes on instead. Belongs to the
 * connection's event loop.
 */
public final class PublicationRecords implements PublicationOpener {

  /**
   * What the start says of the connection.
   *
   * @param client how the publisher names itself; may be empty
   * @param partTargetMs how long parts may be
   */
  public record Origin(
      SourceRecord.Protocol protocol, String keyId, String node, String client, int partTargetMs) {}

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Origin origin;
  private final SourceWriter writer;
  private final InstantSource clock;
  private String publicationId = "";
  private long nextSequence;
  private boolean open;

  /**
   * @param clock for the time of arrival
   */
  public PublicationRecords(Origin origin, SourceWriter writer, InstantSource clock) {
    this.origin = origin;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public PublicationOutput open(List<Track> tracks, Instant pdt) {
    boolean goesOn = open && origin.protocol() == SourceRecord.Protocol.WHIP;
    if (!goesOn) {
      publicationId = Ids.newPublicationId();
      nextSequence = 0;
      open = true;
    }
    writer.write(
        new SourceRecord.PublicationStart(
            publicationId,
            nextSequence++,
            origin.protocol(),
            origin.keyId(),
            origin.node(),
            pdt,
            origin.client(),
            origin.partTargetMs(),
            InitSegment.write(tracks)));
    return this::chunk;
  }

  private void chunk(
      int trackId, boolean segmentStart, boolean partStart, boolean sync, Fragment fragment) {
    SourceRecord.Chunk chunk =
        new SourceRecord.Chunk(
            publicationId,
            nextSequence++,
            trackId,
            segmentStart,
            partStart,
            sync,
            clock.millis(),
            NOTHING);
    // The bulk of all bytes: written once, to its place in the record.
    ByteBuffer value = chunk.begin(fragment.lengthBytes());
    fragment.write(value);
    writer.write(value.array());
  }

  /** Ends the open publication, if there is one. */
  public void end(SourceRecord.EndReason reason, boolean endsBroadcast) {
    if (open) {
      open = false;
      writer.write(
          new SourceRecord.PublicationEnd(publicationId, nextSequence++, reason, endsBroadcast));
    }
  }

  /** How long parts of its publications may be. */
  public int partTargetMs() {
    return origin.partTargetMs();
  }

  /** The publication opened last; empty before the first. */
  public String publicationId() {
    return publicationId;
  }
}
