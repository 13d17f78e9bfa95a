package io.rostrum.ingest.whip;

import io.rostrum.ingest.SteadyClock;
import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.ingest.media.PublicationOutput;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.media.opus.OpusHead;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.payload.Codec;
import io.rostrum.webrtc.peer.EndReason;
import io.rostrum.webrtc.peer.LoopbackPeer;
import io.rostrum.webrtc.peer.SessionEvents;
import io.rostrum.webrtc.peer.SessionLimits;
import io.rostrum.webrtc.peer.UdpPort;
import io.rostrum.webrtc.rtp.MediaFrame;
import io.rostrum.webrtc.sdp.Answer;
import io.rostrum.webrtc.sdp.Answerer;
import io.rostrum.webrtc.sdp.Candidate;
import io.rostrum.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publications to oneself, on a port of their own, that lead nowhere. The first one in a process
 * loads a thousand classes and runs everything uncompiled, beside an encoder that starts at the
 * same moment: that costs longer than all the rest of a publisher's way to the first picture, and
 * nobody should have to wait for it.
 */
final class WhipRehearsal {

  private static final long PATIENCE_SECONDS = 15;

  /** So that no datagram is dropped where sockets have the 208 KiB that systems give by default. */
  private static final int MAX_FRAMES_AHEAD = 20;

  private static final SessionLimits LIMITS = SessionLimits.defaults();

  private final DtlsIdentity identity;
  private final int startKilobitsPerSecond;
  private final SecureRandom random = new SecureRandom();

  private WhipRehearsal(DtlsIdentity identity, int startKilobitsPerSecond) {
    this.identity = identity;
    this.startKilobitsPerSecond = startKilobitsPerSecond;
  }

  /**
   * Publishes to oneself in each of the codecs that publishers come with; takes a second or two.
   *
   * @return how many frames went all the way
   * @throws IOException where no socket can be had
   */
  static long run(DtlsIdentity identity, int startKilobitsPerSecond)
      throws IOException,
          WebRtcException,
          InterruptedException,
          ExecutionException,
          TimeoutException {
    WhipRehearsal rehearsal = new WhipRehearsal(identity, startKilobitsPerSecond);
    long frames = 0;
    for (RehearsedMedia media : RehearsedMedia.values()) {
      frames += rehearsal.publish(media);
    }
    return frames;
  }

  private long publish(RehearsedMedia media)
      throws IOException,
          WebRtcException,
          InterruptedException,
          ExecutionException,
          TimeoutException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "whip-rehearsal-peer");
              thread.setDaemon(true);
              return thread;
            });
    try (UdpPort port = UdpPort.open(List.of(anyPort))) {
      InetSocketAddress open = port.addresses().get(0);
      Answer answer = answer(media, open);
      Audience audience = new Audience(media.frames());
      port.connect(answer, identity, LIMITS, audience);
      try (LoopbackPeer peer =
          new LoopbackPeer(open, identity, identity.fingerprint(), threads, rtcp -> {})) {
        peer.check(answer.local(), PATIENCE_SECONDS);
        peer.handshake(PATIENCE_SECONDS);
        for (byte[] packet : media.packets()) {
          if (RehearsedMedia.endsFrame(packet) && !audience.isReadyForMore()) {
            break;
          }
          peer.send(peer.seal(packet));
        }
        audience.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      return audience.taken.get();
    } finally {
      threads.shutdownNow();
    }
  }

  private Answer answer(RehearsedMedia media, InetSocketAddress open) throws WebRtcException {
    Candidate candidate = new Candidate(open.getAddress().getHostAddress(), open.getPort(), 1);
    return new Answerer(identity.fingerprint(), List.of(candidate), startKilobitsPerSecond)
        .answer(
            SessionDescription.parse(media.offer(identity.fingerprint())),
            IceCredentials.random(random),
            random.nextLong() & Long.MAX_VALUE);
  }

  /** Takes frames as a publisher's are taken, and writes what would go to Kafka. */
  private static final class Audience implements SessionEvents {
    private final int frames;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore room = new Semaphore(MAX_FRAMES_AHEAD);
    private final AtomicLong taken = new AtomicLong();
    private final MediaIntake intake = MediaIntake.inBand(Audience::open, new SteadyClock(), 500);
    private final SegmentKeys keys = new SegmentKeys();
    private boolean intakeKnowsAudio;

    Audience(int frames) {
      this.frames = frames;
    }

    boolean isReadyForMore() throws InterruptedException {
      return room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS) && end.getCount() > 0;
    }

    private static PublicationOutput open(List<Track> tracks, Instant pdt) {
      InitSegment.write(tracks);
      return (trackId, segmentStart, partStart, sync, fragment) ->
          fragment.write(ByteBuffer.allocate(fragment.lengthBytes()));
    }

    @Override
    public void connected(String remote, String profile) {
      // Nobody wants to know.
    }

    @Override
    public void frame(MediaFrame frame) {
      byte[] data = frame.data();
      try {
        if (frame.codec().video()) {
          VideoCodec codec = frame.codec() == Codec.VP8 ? VideoCodec.VP8 : VideoCodec.H264;
          intake.video(codec, frame.timeUs(), 0, data, 0, data.length);
          keys.isDue(frame.timeUs(), frame.key());
        } else {
          if (!intakeKnowsAudio) {
            intakeKnowsAudio = true;
            intake.audioConfig(AudioCodec.OPUS, OpusHead.ofChannels(2).toByteArray());
          }
          intake.audio(AudioCodec.OPUS, frame.timeUs(), data, 0, data.length);
        }
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("rehearsed media does not hold", e);
      }
      room.release();
      if (taken.incrementAndGet() == frames) {
        end.countDown();
      }
    }

    @Override
    public void closed(EndReason reason, String detail) {
      end.countDown();
      room.release(frames);
    }
  }
}
