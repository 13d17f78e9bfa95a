package io.rostrum.ingest.rtmp;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.SteadyClock;
import io.rostrum.ingest.media.MediaMeasurement;
import io.rostrum.ingest.publish.Admission;
import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.PublicationRecords;
import io.rostrum.ingest.publish.Refusal;
import io.rostrum.ingest.source.SourceWriter;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.chunk.AcknowledgementWindow;
import io.rostrum.rtmp.chunk.ChunkReader;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.handshake.ServerHandshake;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageReader;
import io.rostrum.rtmp.message.MessageWriter;
import io.rostrum.rtmp.message.RawMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One socket: bytes in and out, time-outs, back-pressure, and the one place where it ends.
 *
 * <pre>
 *   handshake -> commands -(publish granted)-> publishing -> closed
 *                   ^                              |
 *                   '---------(unpublish)----------'
 * </pre>
 *
 * <p>Runs on its event loop. {@link #close} may be called from any thread by way of the
 * publication's {@code stop}.
 */
final class RtmpConnection
    implements RtmpSession.Events, RtmpPublication.Listener, SourceWriter.Events {

  private static final Logger LOG = Logger.getLogger(RtmpConnection.class);
  private static final long TICK_MS = 1_000;
  private static final long REPORT_TICKS = HealthReport.INTERVAL.toMillis() / TICK_MS;
  // A closed socket takes unread status messages with it if the peer is still sending: time to read
  // them.
  private static final long GOODBYE_MS = 1_000;
  private static final long KEY_RETRY_MS = 50;
  private static final long KEY_PATIENCE_NANOS = 2_500_000_000L;

  private final IngestParts parts;
  private final Vertx vertx;
  private final Context context;
  private final NetSocketInternal socket;
  private final SourceRecord.Protocol protocol;
  private final String remote;
  private final SteadyClock clock = new SteadyClock();
  private final ServerHandshake handshake = new ServerHandshake(new SplittableRandom());
  private final ChunkReader chunks;
  private final ChunkWriter chunkWriter = new ChunkWriter();
  private final MessageReader messages;
  private final AcknowledgementWindow acknowledgements = new AcknowledgementWindow(0);
  private final RtmpSession session = new RtmpSession(this::send, this);
  private final Counter receivedBytes;
  private final long timer;

  private RtmpPublication publication;
  private long waitingSinceNanos = System.nanoTime();
  private String goodbye = "connection closed";
  private boolean mediaSeen;
  private Instant publishingSince;
  private int ticks;
  // Written on the event loop only; the producer's thread looks whether there is anything to
  // resume.
  private volatile boolean paused;
  private boolean closed;

  RtmpConnection(IngestParts parts, Vertx vertx, NetSocket socket, SourceRecord.Protocol protocol) {
    this.protocol = protocol;
    this.parts = parts;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.socket = (NetSocketInternal) socket;
    this.remote = socket.remoteAddress().hostAddress();
    this.chunks = new ChunkReader(parts.limits().beforePublishing());
    this.messages = new MessageReader(parts.limits());
    this.receivedBytes = parts.metrics().counter("rostrum.ingest.received.bytes");
    this.timer = vertx.setPeriodic(TICK_MS, id -> tick());
    this.socket.messageHandler(this::receiveAndRelease);
    socket.exceptionHandler(e -> goodbye = "connection lost: " + e.getMessage());
    LOG.debugf("Connection opened remote=%s", remote);
  }

  /** Bytes as they were read from the socket: this is not the place for one more copy of them. */
  private void receiveAndRelease(Object read) {
    try {
      if (!closed && read instanceof ByteBuf bytes) {
        receive(bytes.nioBuffer());
      }
    } finally {
      ReferenceCountUtil.release(read);
    }
  }

  private void receive(ByteBuffer in) {
    receivedBytes.increment(in.remaining());
    try {
      if (!handshake.isDone()) {
        byte[] answer = handshake.receive(in);
        if (answer.length > 0) {
          socket.write(Buffer.buffer(answer));
        }
      }
      if (handshake.isDone()) {
        chunks.receive(in, this::read);
        acknowledgements
            .onReceived(chunks.bytesReceived())
            .ifPresent(sequence -> send(new Message.Acknowledgement(sequence)));
      }
    } catch (RtmpException e) {
      close(
          e.kind() == RtmpException.Kind.UNSUPPORTED
              ? CloseReason.UNSUPPORTED
              : CloseReason.MALFORMED,
          e.getMessage(),
          false);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Mistake in the ingest service remote=%s", remote);
      close(CloseReason.INTERNAL_ERROR, e.toString(), false);
    }
  }

  private void read(RawMessage raw) {
    // What is left of a buffer after the end of the connection is not read.
    if (!closed) {
      messages.read(
          raw,
          message -> {
            if (message instanceof Message.WindowAckSize window) {
              acknowledgements.setWindow(window.bytes());
            }
            session.receive(message);
          });
    }
  }

  @Override
  public void publish(PublishRequest request) {
    publish(request, System.nanoTime());
  }

  /**
   * A key that was made a moment ago may not have come from the catalog yet, and a wrong one loses
   * nothing by waiting.
   */
  private void publish(PublishRequest request, long askedNanos) {
    if (closed) {
      return;
    }
    boolean patient = System.nanoTime() - askedNanos < KEY_PATIENCE_NANOS;
    if (patient && request.key().isPresent() && !parts.gate().knows(request.key().get())) {
      vertx.setTimer(KEY_RETRY_MS, id -> publish(request, askedNanos));
      return;
    }
    Admission admission = parts.gate().admit(request.key(), remote);
    if (admission instanceof Admission.Refused refused) {
      session.refuse(request, refused.refusal().code(), refused.refusal().description());
      refused(refused.refusal());
    } else if (admission instanceof Admission.Granted granted) {
      SourceWriter writer = parts.producer().writer(granted.broadcastId(), this);
      PublicationRecords.Origin origin =
          new PublicationRecords.Origin(
              protocol,
              granted.keyId(),
              parts.node(),
              session.client(),
              (int) parts.config().partTarget().toMillis());
      publication =
          new RtmpPublication(
              granted,
              new PublicationRecords(origin, writer, clock),
              writer,
              clock,
              this,
              this::closeFromAnywhere,
              () -> context.runOnContext(v -> requestReconnect()));
      publishingSince = clock.instant();
      waitingSinceNanos = System.nanoTime();
      mediaSeen = false;
      chunks.setLimits(parts.limits());
      session.publishing(request);
      LOG.infof(
          "Publisher accepted broadcast=%s key=%s remote=%s client=%s",
          granted.broadcastId(), granted.keyId(), remote, session.client());
    }
  }

  /**
   * The tracks are known: from here on this is the broadcast's publisher, unless that has changed
   * since it asked.
   */
  @Override
  public void starting(RtmpPublication starting) {
    if (!starting.publicationId().isEmpty()) {
      return;
    }
    Optional<Refusal> refusal = parts.gate().refusal(starting.granted());
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
    parts.registry().claim(starting);
  }

  @Override
  public void started(String publicationId) {
    parts.registry().opened(publicationId);
  }

  private void refused(Refusal refusal) {
    parts.metrics().counter("rostrum.ingest.refused", "reason", refusal.tag()).increment();
    close(CloseReason.REFUSED, refusal.tag(), false);
  }

  @Override
  public void unpublish() {
    endPublication(CloseReason.PUBLISHER_LEFT, false);
    waitingSinceNanos = System.nanoTime();
    mediaSeen = false;
  }

  @Override
  public void video(long timestampMs, byte[] payload) {
    media(() -> publication.video(timestampMs, payload));
  }

  @Override
  public void audio(long timestampMs, byte[] payload) {
    media(() -> publication.audio(timestampMs, payload));
  }

  private interface MediaStep {
    void run() throws MalformedMediaException;
  }

  private void media(MediaStep step) {
    waitingSinceNanos = System.nanoTime();
    mediaSeen = true;
    try {
      step.run();
    } catch (MalformedMediaException e) {
      close(CloseReason.MALFORMED, e.getMessage(), false);
    } catch (RefusedException e) {
      // Nothing of it was written; there is nothing to end.
      publication = null;
      session.terminate(e.refusal.description());
      refused(e.refusal);
    }
    if (publication != null
        && !paused
        && publication.isFull(parts.config().source().maxInFlightBytes())) {
      paused = true;
      setReading(false);
    }
  }

  @Override
  public void delivered(long bytesStillInFlight) {
    if (bytesStillInFlight <= parts.config().source().maxInFlightBytes() / 2) {
      // A pause that this thread does not see yet is found by the timer.
      if (paused) {
        context.runOnContext(v -> resume());
      }
    }
  }

  private void resume() {
    if (paused
        && !closed
        && (publication == null
            || !publication.isFull(parts.config().source().maxInFlightBytes() / 2))) {
      paused = false;
      waitingSinceNanos = System.nanoTime();
      setReading(true);
    }
  }

  /** While it is not read, the end of a connection is not seen either: it lies behind the rest. */
  private void setReading(boolean reading) {
    socket.channelHandlerContext().channel().config().setAutoRead(reading);
  }

  @Override
  public void deliveryFailed(Exception failure) {
    LOG.errorf(
        "Record could not be delivered, ending the publication remote=%s error=%s",
        remote, failure.getMessage());
    context.runOnContext(
        v -> close(CloseReason.DELIVERY_FAILED, "delivery to Kafka failed", false));
  }

  private void requestReconnect() {
    if (!closed) {
      session.requestReconnect("The server is shutting down.");
    }
  }

  private void tick() {
    checkTime();
    if (++ticks % REPORT_TICKS == 0 && publication != null) {
      report(publication, true);
    }
  }

  /** Nothing is said of a publisher whose publication has not begun. */
  private void report(RtmpPublication of, boolean connected) {
    if (of.publicationId().isEmpty()) {
      return;
    }
    MediaMeasurement.Measured measured = of.measure();
    parts
        .reporter()
        .report(
            new HealthReport.Publisher(
                of.granted().broadcastId(),
                parts.node(),
                clock.instant(),
                of.publicationId(),
                connected,
                publishingSince,
                protocol.name(),
                session.client(),
                measured.video(),
                measured.audio(),
                measured.bitsPerSecond(),
                measured.bytesReceived(),
                measured.audioAheadMs(),
                measured.timestampJumps(),
                0,
                0,
                measured.warnings()));
  }

  private void checkTime() {
    if (paused) {
      // Not read on purpose: the publisher cannot be blamed for silence.
      resume();
      return;
    }
    IngestConfig.Rtmp config = parts.config().rtmp();
    if (!handshake.isDone()) {
      closeAfter(config.handshakeTimeout(), "no handshake");
    } else if (mediaSeen) {
      closeAfter(config.idleTimeout(), "no media");
    } else {
      closeAfter(config.firstMediaTimeout(), "no first media");
    }
  }

  private void closeAfter(Duration limit, String missing) {
    long limitMs = limit.toMillis();
    if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - waitingSinceNanos) > limitMs) {
      close(CloseReason.TIMED_OUT, missing + " for " + limitMs + " ms", false);
    }
  }

  private CompletionStage<Void> closeFromAnywhere(CloseReason reason, boolean endsBroadcast) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        v -> {
          close(reason, "stopped", endsBroadcast);
          done.complete(null);
        });
    return done;
  }

  /** The socket is gone, and all that it brought has been read. */
  void socketClosed() {
    close(CloseReason.PUBLISHER_LEFT, goodbye, false);
  }

  /** Ends the connection, once; on the event loop. */
  private void close(CloseReason reason, String detail, boolean endsBroadcast) {
    if (closed) {
      return;
    }
    closed = true;
    vertx.cancelTimer(timer);
    LOG.infof(
        "Connection closed remote=%s broadcast=%s publication=%s reason=%s detail=%s"
            + " receivedBytes=%d",
        remote,
        publication == null ? "-" : publication.granted().broadcastId(),
        publication == null ? "-" : publication.publicationId(),
        reason.tag(),
        detail,
        chunks.bytesReceived());
    parts.metrics().counter("rostrum.ingest.closed", "reason", reason.tag()).increment();
    if (reason.description() != null) {
      boolean own = reason == CloseReason.MALFORMED || reason == CloseReason.UNSUPPORTED;
      session.terminate(own ? reason.description() + ": " + detail : reason.description());
    }
    endPublication(reason, endsBroadcast);
    setReading(true);
    vertx.setTimer(reason == CloseReason.PUBLISHER_LEFT ? 1 : GOODBYE_MS, id -> closeSocket());
  }

  /**
   * A peer that does not read keeps a socket from closing behind its last words: then without them.
   */
  private void closeSocket() {
    socket.close();
    vertx.setTimer(GOODBYE_MS, id -> socket.channelHandlerContext().close());
  }

  private void endPublication(CloseReason reason, boolean endsBroadcast) {
    RtmpPublication ending = publication;
    publication = null;
    if (ending != null) {
      report(ending, false);
      try {
        ending.end(reason, endsBroadcast);
      } catch (RefusedException e) {
        LOG.infof(
            "Short publication refused broadcast=%s reason=%s",
            ending.granted().broadcastId(), e.refusal.tag());
      }
      parts.registry().release(ending);
    }
  }

  private void send(Message message) {
    if (socket.writeQueueFull()) {
      // Answers are small and few: who lets this many wait asks without ever reading.
      if (!closed) {
        context.runOnContext(
            v -> close(CloseReason.MALFORMED, "it does not read what it is answered", false));
      }
      return;
    }
    socket.write(Buffer.buffer(chunkWriter.write(MessageWriter.write(message))));
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
