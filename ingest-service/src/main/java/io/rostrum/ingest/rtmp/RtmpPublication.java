package io.rostrum.ingest.rtmp;

import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.ingest.publish.Admission;
import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.PublicationRecords;
import io.rostrum.ingest.publish.Publisher;
import io.rostrum.ingest.source.SourceWriter;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.rtmp.flv.AudioPacket;
import io.rostrum.rtmp.flv.AudioTag;
import io.rostrum.rtmp.flv.VideoPacket;
import io.rostrum.rtmp.flv.VideoTag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What one granted {@code publish} brings: FLV tags in, records out. Belongs to the connection's
 * event loop but for {@link #stop}.
 */
final class RtmpPublication implements Publisher {

  /** Ends the connection, from any thread; done when the end has been written. */
  interface Stopper {
    CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast);
  }

  private final Admission.Granted granted;
  private final PublicationRecords records;
  private final SourceWriter writer;
  private final MediaIntake intake;
  private final FlvIntake flv;
  private final Stopper stopper;
  private volatile String publicationId = "";

  /**
   * @param started is told before the first record, and may throw to prevent it
   * @param stopper ends the connection
   */
  RtmpPublication(
      Admission.Granted granted,
      PublicationRecords records,
      SourceWriter writer,
      InstantSource clock,
      Consumer<RtmpPublication> started,
      Stopper stopper) {
    this.granted = granted;
    this.records = records;
    this.writer = writer;
    this.stopper = stopper;
    this.intake =
        new MediaIntake(
            (List<Track> tracks, Instant pdt) -> {
              started.accept(this);
              var output = records.open(tracks, pdt);
              publicationId = records.publicationId();
              return output;
            },
            clock);
    this.flv = new FlvIntake(intake);
  }

  void video(long timestampMs, byte[] payload) throws MalformedMediaException {
    for (VideoPacket packet : VideoTag.read(payload)) {
      // E-RTMP v2, "Multitrack": track 0 is the one to use where only one is.
      if (packet.trackId() == 0) {
        flv.video(timestampMs, packet);
      }
    }
  }

  void audio(long timestampMs, byte[] payload) throws MalformedMediaException {
    for (AudioPacket packet : AudioTag.read(payload)) {
      if (packet.trackId() == 0) {
        flv.audio(timestampMs, packet);
      }
    }
  }

  /** Writes what is held, and the end; on the event loop. */
  CompletionStage<Void> end(CloseReason reason, boolean endsBroadcast) {
    intake.complete();
    records.end(reason.endReason(), endsBroadcast);
    return writer.finish();
  }

  long inFlightBytes() {
    return writer.inFlightBytes();
  }

  @Override
  public Admission.Granted granted() {
    return granted;
  }

  @Override
  public String publicationId() {
    return publicationId;
  }

  @Override
  public CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast) {
    return stopper.stop(reason, endsBroadcast).thenCompose(v -> writer.finish());
  }
}
