package io.rostrum.ingest.rtmp;

import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.ingest.media.MediaMeasurement;
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
import org.jboss.logging.Logger;

/**
 * What one granted {@code publish} brings: FLV tags in, records out. Belongs to the connection's
 * event loop but for {@link #stop}.
 */
final class RtmpPublication implements Publisher {

  /** Is told of publications on the event loop. */
  interface Listener {
    /** Before the first record of each publication; may throw to prevent the first one. */
    void starting(RtmpPublication starting);

    /** Its start is written. */
    void started(String publicationId);
  }

  /** Ends the connection, from any thread; done when the end has been written. */
  interface Stopper {
    CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast);
  }

  private static final Logger LOG = Logger.getLogger(RtmpPublication.class);

  private final Admission.Granted granted;
  private final PublicationRecords records;
  private final SourceWriter writer;
  private final MediaIntake intake;
  private final FlvIntake flv;
  private final Stopper stopper;
  private final Runnable reconnectRequest;
  private boolean extraTracks;
  private volatile String publicationId = "";

  /**
   * @param stopper ends the connection
   * @param reconnectRequest asks the publisher to connect anew; may be called from any thread
   */
  RtmpPublication(
      Admission.Granted granted,
      PublicationRecords records,
      SourceWriter writer,
      InstantSource clock,
      Listener listener,
      Stopper stopper,
      Runnable reconnectRequest) {
    this.reconnectRequest = reconnectRequest;
    this.granted = granted;
    this.records = records;
    this.writer = writer;
    this.stopper = stopper;
    this.intake =
        new MediaIntake(
            (List<Track> tracks, Instant pdt) -> {
              listener.starting(this);
              var output = records.open(tracks, pdt);
              publicationId = records.publicationId();
              listener.started(publicationId);
              return output;
            },
            clock,
            records.partTargetMs());
    this.flv = new FlvIntake(intake);
  }

  void video(long timestampMs, byte[] payload) throws MalformedMediaException {
    for (VideoPacket packet : VideoTag.read(payload)) {
      // E-RTMP v2, "Multitrack": track 0 is the one to use where only one is.
      if (packet.trackId() == 0) {
        flv.video(timestampMs, packet);
      } else {
        passOver(packet.trackId());
      }
    }
  }

  void audio(long timestampMs, byte[] payload) throws MalformedMediaException {
    for (AudioPacket packet : AudioTag.read(payload)) {
      if (packet.trackId() == 0) {
        flv.audio(timestampMs, packet);
      } else {
        passOver(packet.trackId());
      }
    }
  }

  private void passOver(int trackId) {
    intake.measurement().extraTrack(trackId);
    if (!extraTracks) {
      extraTracks = true;
      LOG.infof(
          "Publisher sends more than one track, only the first is used broadcast=%s track=%d",
          granted.broadcastId(), trackId);
    }
  }

  /** How its media is doing. */
  MediaMeasurement.Measured measure() {
    return intake.measurement().measure();
  }

  /** Writes what is held, and the end; on the event loop. */
  CompletionStage<Void> end(CloseReason reason, boolean endsBroadcast) {
    intake.complete();
    records.end(reason.endReason(), endsBroadcast);
    return writer.finish();
  }

  /**
   * Whether no more should be added to what is on its way to Kafka: of this publication, or of all
   * together.
   *
   * @param maxBytes of this publication
   */
  boolean isFull(long maxBytes) {
    return writer.inFlightBytes() > maxBytes || writer.isProducerFull();
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
  public void askToReconnect() {
    reconnectRequest.run();
  }

  @Override
  public CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast) {
    return stopper.stop(reason, endsBroadcast).thenCompose(v -> writer.finish());
  }
}
