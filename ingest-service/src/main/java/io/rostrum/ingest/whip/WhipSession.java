package io.rostrum.ingest.whip;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.ingest.SteadyClock;
import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.ingest.media.MediaMeasurement;
import io.rostrum.ingest.media.PublicationOutput;
import io.rostrum.ingest.publish.Admission;
import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.PublicationRecords;
import io.rostrum.ingest.publish.Publisher;
import io.rostrum.ingest.publish.Refusal;
import io.rostrum.ingest.source.SourceWriter;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.opus.OpusHead;
import io.rostrum.webrtc.peer.EndReason;
import io.rostrum.webrtc.peer.SessionEvents;
import io.rostrum.webrtc.peer.SessionStatistics;
import io.rostrum.webrtc.peer.UdpPort;
import io.rostrum.webrtc.peer.WebRtcSession;
import io.rostrum.webrtc.rtp.MediaFrame;
import io.rostrum.webrtc.rtp.TrackStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One publisher over WHIP: frames in, records out, and the one place where it ends. Runs on the UDP
 * port's thread; {@link #stop} may be called from any.
 */
final class WhipSession implements Publisher, SessionEvents, SourceWriter.Events {

  private static final Logger LOG = Logger.getLogger(WhipSession.class);

  private final WhipParts parts;
  private final UdpPort port;
  private final String name;
  private final String address;
  private final Admission.Granted granted;
  private final SourceWriter writer;
  private final PublicationRecords records;
  private final MediaIntake intake;
  private final SegmentKeys keys = new SegmentKeys();
  private final Consumer<WhipSession> gone;
  private final SteadyClock clock = new SteadyClock();
  private final String client;
  private WebRtcSession transport;
  private Instant publishingSince;
  private long reportedNanos = System.nanoTime();
  private volatile String publicationId = "";
  private volatile CloseReason closing;
  private boolean endsBroadcast;
  private boolean intakeKnowsAudio;
  private boolean held;
  private boolean skipToKey;
  private boolean closed;

  /**
   * @param name of the session, for its address
   * @param address where the offer came from
   * @param client how the publisher names itself; may be empty
   * @param gone is told when it is over, on the port's thread
   */
  WhipSession(
      WhipParts parts,
      UdpPort port,
      String name,
      String address,
      String client,
      Admission.Granted granted,
      Consumer<WhipSession> gone) {
    this.parts = parts;
    this.port = port;
    this.name = name;
    this.address = address;
    this.granted = granted;
    this.gone = gone;
    this.client = client;
    writer = parts.producer().writer(granted.broadcastId(), this);
    records =
        new PublicationRecords(
            new PublicationRecords.Origin(
                SourceRecord.Protocol.WHIP,
                granted.keyId(),
                parts.node(),
                client,
                (int) parts.config().partTarget().toMillis()),
            writer,
            clock);
    intake = MediaIntake.inBand(this::open, clock, records.partTargetMs());
  }

  /** Before anything is received. */
  void transport(WebRtcSession session) {
    transport = session;
  }

  WebRtcSession transport() {
    return transport;
  }

  String name() {
    return name;
  }

  String address() {
    return address;
  }

  /** Why it ended; null while it goes on. */
  CloseReason reason() {
    return closing;
  }

  private PublicationOutput open(List<Track> tracks, Instant pdt) {
    if (publicationId.isEmpty()) {
      // From here on this is the broadcast's publisher, unless that has changed since it asked.
      Optional<Refusal> refusal = parts.gate().refusal(granted);
      if (refusal.isPresent()) {
        throw new RefusedException(refusal.get());
      }
      parts.registry().claim(this);
      publishingSince = clock.instant();
    }
    boolean goesOn = !publicationId.isEmpty();
    PublicationOutput output = records.open(tracks, pdt);
    publicationId = records.publicationId();
    LOG.infof(
        "WHIP %s broadcast=%s session=%s publication=%s tracks=%d",
        goesOn ? "goes on behind a discontinuity" : "publishing",
        granted.broadcastId(),
        name,
        publicationId,
        tracks.size());
    parts.registry().opened(publicationId);
    return output;
  }

  @Override
  public void connected(String remote, String profile) {
    LOG.infof(
        "WHIP connected broadcast=%s session=%s remote=%s srtp=%s",
        granted.broadcastId(), name, remote, profile);
  }

  @Override
  public void frame(MediaFrame frame) {
    if (closing != null) {
      return;
    }
    reportIfDue();
    if (isHeld(frame)) {
      return;
    }
    try {
      if (frame.codec().video()) {
        intake.video(videoCodec(frame), frame.timeUs(), 0, frame.data(), 0, frame.data().length);
        if (keys.isDue(frame.timeUs(), frame.key())) {
          transport.wantKey();
        }
      } else {
        if (!intakeKnowsAudio) {
          intakeKnowsAudio = true;
          // RFC 7587 §7: always announced with two channels; mono decodes to both.
          intake.audioConfig(AudioCodec.OPUS, OpusHead.ofChannels(2).toByteArray());
        }
        intake.audio(AudioCodec.OPUS, frame.timeUs(), frame.data(), 0, frame.data().length);
      }
    } catch (MalformedMediaException e) {
      close(CloseReason.MALFORMED, e.getMessage());
    } catch (RefusedException e) {
      parts.metrics().counter("rostrum.ingest.refused", "reason", e.refusal.tag()).increment();
      close(CloseReason.REFUSED, e.refusal.tag());
    }
  }

  /**
   * A sender over UDP cannot be told to wait. What Kafka does not take is left out, and video goes
   * on with a key frame.
   */
  private boolean isHeld(MediaFrame frame) {
    int limit = parts.config().source().maxInFlightBytes();
    if (held ? writer.inFlightBytes() > limit / 2 : writer.inFlightBytes() > limit) {
      if (!held) {
        held = true;
        LOG.warnf("Kafka is behind, media is left out session=%s", name);
      }
      return true;
    }
    if (held) {
      held = false;
      skipToKey = true;
      transport.wantKey();
    }
    if (skipToKey && frame.codec().video()) {
      skipToKey = !frame.key();
      return skipToKey;
    }
    return false;
  }

  private void reportIfDue() {
    long now = System.nanoTime();
    if (now - reportedNanos >= HealthReport.INTERVAL.toNanos()) {
      reportedNanos = now;
      report(true);
    }
  }

  /** Nothing is said of a publisher whose publication has not begun. */
  private void report(boolean connected) {
    if (publicationId.isEmpty()) {
      return;
    }
    MediaMeasurement.Measured measured = intake.measurement().measure();
    SessionStatistics statistics = transport.statistics();
    parts
        .reporter()
        .report(
            new HealthReport.Publisher(
                granted.broadcastId(),
                parts.node(),
                clock.instant(),
                publicationId,
                connected,
                publishingSince,
                SourceRecord.Protocol.WHIP.name(),
                client,
                measured.video(),
                measured.audio(),
                measured.bitsPerSecond(),
                statistics.bytesReceived(),
                measured.audioAheadMs(),
                measured.timestampJumps(),
                statistics.tracks().values().stream().mapToLong(TrackStatistics::packetsLost).sum(),
                statistics.tracks().values().stream()
                    .mapToDouble(TrackStatistics::roundTripMs)
                    .max()
                    .orElse(0),
                WhipWarnings.of(measured.warnings(), statistics)));
  }

  private static VideoCodec videoCodec(MediaFrame frame) {
    return switch (frame.codec()) {
      case H264 -> VideoCodec.H264;
      case VP8 -> VideoCodec.VP8;
      case VP9 -> VideoCodec.VP9;
      case AV1 -> VideoCodec.AV1;
      case OPUS -> throw new IllegalArgumentException("Opus is no video");
    };
  }

  @Override
  public void closed(EndReason reason, String detail) {
    if (closing == null) {
      closing =
          switch (reason) {
            case PEER_LEFT, CLOSED -> CloseReason.PUBLISHER_LEFT;
            case SILENT, NEVER_CONNECTED -> CloseReason.TIMED_OUT;
            case HANDSHAKE_FAILED -> CloseReason.MALFORMED;
          };
    }
    finish(detail);
  }

  /** Ends it; on the port's thread. */
  private void close(CloseReason reason, String detail) {
    if (closing == null) {
      closing = reason;
      finish(detail);
      transport.close();
    }
  }

  private void finish(String detail) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      intake.complete();
    } catch (RefusedException e) {
      LOG.infof(
          "Short publication refused broadcast=%s reason=%s",
          granted.broadcastId(), e.refusal.tag());
    }
    report(false);
    records.end(closing.endReason(), endsBroadcast);
    parts.registry().release(this);
    parts.metrics().counter("rostrum.ingest.closed", "reason", closing.tag()).increment();
    LOG.infof(
        "WHIP closed broadcast=%s session=%s publication=%s remote=%s reason=%s detail=%s"
            + " receivedBytes=%d",
        granted.broadcastId(),
        name,
        publicationId.isEmpty() ? "-" : publicationId,
        address,
        closing.tag(),
        detail,
        transport.statistics().bytesReceived());
    gone.accept(this);
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
  public CompletionStage<Void> stop(CloseReason reason, boolean broadcastIsOver) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    port.execute(
        () -> {
          endsBroadcast |= broadcastIsOver && !closed;
          close(reason, "stopped");
          done.complete(null);
        });
    return done.thenCompose(v -> writer.finish());
  }

  @Override
  public void deliveryFailed(Exception failure) {
    LOG.errorf(
        "Record could not be delivered, ending the publication session=%s error=%s",
        name, failure.getMessage());
    port.execute(() -> close(CloseReason.DELIVERY_FAILED, "delivery to Kafka failed"));
  }

  @Override
  public void delivered(long bytesStillInFlight) {
    // Looked at with the next frame.
  }

  /** Carries a late refusal out of the media path. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.tag(), null, false, false);
      this.refusal = refusal;
    }
  }
}
