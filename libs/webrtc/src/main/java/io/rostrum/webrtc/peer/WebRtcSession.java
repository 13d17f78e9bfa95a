package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.Demultiplexer;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsEndpoint;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.DtlsKeys;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.ice.IceLite;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.rtcp.ReportBlock;
import io.rostrum.webrtc.rtcp.RtcpPacket;
import io.rostrum.webrtc.rtcp.RtcpReader;
import io.rostrum.webrtc.rtcp.RtcpWriter;
import io.rostrum.webrtc.rtcp.TransportFeedback;
import io.rostrum.webrtc.rtp.RtpPacket;
import io.rostrum.webrtc.rtp.TrackReceiver;
import io.rostrum.webrtc.rtp.TrackStatistics;
import io.rostrum.webrtc.sdp.Answer;
import io.rostrum.webrtc.sdp.HeaderExtensions;
import io.rostrum.webrtc.srtp.SrtpReceiver;
import io.rostrum.webrtc.srtp.SrtpSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One peer that sends media: ICE checks, the DTLS handshake, SRTP, and what becomes of it.
 *
 * <pre>
 *   waiting --(valid check)--> handshake --(keys)--> connected --> closed
 *      '---------(time-out, or handshake failed)--------------------^
 * </pre>
 *
 * <p>Everything happens on the port's thread; only the handshake has one of its own while it lasts.
 */
public final class WebRtcSession {

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_ROUTES = 64;
  private static final int MAX_EARLY_PACKETS = 1_000;

  private final UdpPort port;
  private final Answer answer;
  private final SessionEvents events;
  private final SessionLimits limits;
  private final Executor handshakes;
  private final DtlsEndpoint dtls;
  private final List<TrackReceiver> tracks = new ArrayList<>();
  private final Map<Integer, TrackReceiver> routes = new HashMap<>();
  private final TransportFeedback feedback;
  private final int localSsrc;
  private final long openedNanos;
  private final Deque<byte[]> early = new ArrayDeque<>();
  private final List<UdpPort.Remote> remotes = new ArrayList<>();

  private IceLite ice;
  private IceLite iceBefore;
  // Read by the handshake's thread.
  private volatile UdpPort.Remote selected;
  private SrtpReceiver srtpIn;
  private SrtpSender srtpOut;
  private long earlyBytes;
  private long heardNanos;
  private long feedbackNanos;
  private long reportNanos;
  private int feedbackSsrc;
  private long bytesReceived;
  private long packetsRefused;
  private boolean handshakeStarted;
  private boolean closed;

  WebRtcSession(
      UdpPort port,
      Answer answer,
      DtlsIdentity identity,
      Executor handshakes,
      SessionLimits limits,
      int localSsrc,
      SessionEvents events) {
    this.port = port;
    this.answer = answer;
    this.handshakes = handshakes;
    this.limits = limits;
    this.localSsrc = localSsrc;
    this.events = events;
    this.ice = new IceLite(answer.local());
    openedNanos = System.nanoTime();
    heardNanos = openedNanos;
    feedback = new TransportFeedback(openedNanos);
    answer.tracks().forEach(track -> tracks.add(new TrackReceiver(track, this::frame)));
    dtls =
        new DtlsEndpoint(
            identity,
            answer.role(),
            answer.expected(),
            this::sendDatagram,
            new DtlsEndpoint.Events() {
              @Override
              public void established(DtlsKeys keys) {
                port.execute(() -> keysAgreed(keys));
              }

              @Override
              public void failed(String reason) {
                port.execute(() -> end(EndReason.HANDSHAKE_FAILED, reason));
              }
            });
  }

  private void frame(io.rostrum.webrtc.rtp.MediaFrame frame) {
    if (!closed) {
      events.frame(frame);
    }
  }

  /** Names by which checks find this session: one, or two while ICE restarts. */
  List<String> ufrags() {
    return iceBefore == null
        ? List.of(ice.local().ufrag())
        : List.of(ice.local().ufrag(), iceBefore.local().ufrag());
  }

  /** Addresses that the peer has proved to be its own. */
  List<UdpPort.Remote> remotes() {
    return List.copyOf(remotes);
  }

  void stun(byte[] datagram, UdpPort.Remote from) throws WebRtcException {
    StunMessage check = StunMessage.parse(datagram);
    boolean restarted = IceLite.localUfrag(check).equals(ice.local().ufrag());
    IceLite agent = restarted || iceBefore == null ? ice : iceBefore;
    IceLite.Outcome outcome = agent.receive(check, from.address()).orElse(null);
    if (outcome == null) {
      return;
    }
    if (outcome.valid()) {
      heardNanos = System.nanoTime();
      port.admit(this, from);
      if (restarted && iceBefore != null) {
        port.forget(iceBefore.local().ufrag());
        iceBefore = null;
      }
      // RFC 8445 §8.1.1: the controlling side may nominate another pair at any time.
      if (selected == null || outcome.nominated()) {
        selected = from;
      }
    }
    port.send(outcome.reply(), from);
    if (outcome.valid() && !handshakeStarted) {
      handshakeStarted = true;
      dtls.start(handshakes);
    }
  }

  /** A datagram that is no check, from an address that was admitted. */
  void receive(byte[] datagram) throws WebRtcException {
    switch (Demultiplexer.of(datagram, datagram.length)) {
      case DTLS -> {
        if (handshakeStarted) {
          dtls.receive(datagram);
        }
        if (dtls.isClosed()) {
          end(EndReason.PEER_LEFT, "the peer closed its association");
        }
      }
      case RTP, RTCP -> {
        if (srtpIn == null) {
          keepEarly(datagram);
        } else {
          open(datagram, System.nanoTime());
        }
      }
      case STUN, OTHER -> {
        // Checks go another way; the rest is nothing.
      }
      default -> throw new IllegalStateException();
    }
  }

  /** Media may overtake the last flight of the handshake, and its first picture matters most. */
  private void keepEarly(byte[] datagram) {
    if (early.size() < MAX_EARLY_PACKETS
        && earlyBytes + datagram.length <= limits.maxEarlyBytes()) {
      early.add(datagram);
      earlyBytes += datagram.length;
    }
  }

  private void keysAgreed(DtlsKeys keys) {
    if (closed) {
      return;
    }
    srtpIn = new SrtpReceiver(keys.remote());
    srtpOut = new SrtpSender(keys.local());
    long now = System.nanoTime();
    heardNanos = now;
    events.connected(selected.address().toString(), keys.remote().profile().toString());
    while (!early.isEmpty() && !closed) {
      try {
        open(early.poll(), now);
      } catch (WebRtcException e) {
        packetsRefused++;
      }
    }
    earlyBytes = 0;
  }

  private void open(byte[] datagram, long now) throws WebRtcException {
    try {
      if (Demultiplexer.of(datagram, datagram.length) == Demultiplexer.RTP) {
        byte[] plain = srtpIn.openRtp(datagram);
        bytesReceived += datagram.length;
        heardNanos = now;
        rtp(RtpPacket.parse(plain), now);
      } else {
        byte[] plain = srtpIn.openRtcp(datagram);
        heardNanos = now;
        for (RtcpPacket packet : RtcpReader.read(plain)) {
          if (packet instanceof RtcpPacket.SenderReport report) {
            senderReport(report, now);
          }
        }
      }
    } catch (WebRtcException e) {
      packetsRefused++;
      throw e;
    }
  }

  private void rtp(RtpPacket packet, long now) {
    HeaderExtensions ids = answer.extensions();
    packet
        .extension(ids.transportSequence())
        .filter(value -> value.length == 2)
        .ifPresent(
            value -> {
              feedback.received((value[0] & 0xFF) << 8 | value[1] & 0xFF, now);
              feedbackSsrc = packet.ssrc();
            });
    TrackReceiver track = track(packet);
    if (track != null) {
      String layer = text(packet, ids.rid());
      track.packet(packet, layer.isEmpty() ? text(packet, ids.repairedRid()) : layer, now);
    }
  }

  /** RFC 9143 §9.2: by its MID, by its SSRC, or by its payload type. */
  private TrackReceiver track(RtpPacket packet) {
    TrackReceiver known = routes.get(packet.ssrc());
    if (known != null) {
      return known;
    }
    String mid = text(packet, answer.extensions().mid());
    for (TrackReceiver track : tracks) {
      boolean named = !mid.isEmpty() && mid.equals(track.format().mid());
      if (named || mid.isEmpty() && track.knows(packet.ssrc())) {
        return route(packet, track);
      }
    }
    for (TrackReceiver track : tracks) {
      if (mid.isEmpty() && track.takes(packet.payloadType())) {
        return route(packet, track);
      }
    }
    return null;
  }

  private TrackReceiver route(RtpPacket packet, TrackReceiver track) {
    if (routes.size() < MAX_ROUTES) {
      routes.put(packet.ssrc(), track);
    }
    return track;
  }

  private static String text(RtpPacket packet, int extension) {
    return packet
        .extension(extension)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .orElse("");
  }

  private void senderReport(RtcpPacket.SenderReport report, long now) {
    tracks.forEach(track -> track.senderReport(report, now));
    // Audio stays where it is, since its frames lie on a grid; pictures move.
    tracks.stream()
        .filter(track -> !track.format().codec().video())
        .map(TrackReceiver::aheadOfSenderUs)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .ifPresent(
            ahead ->
                tracks.stream()
                    .filter(track -> track.format().codec().video())
                    .forEach(track -> track.align(ahead.getAsLong())));
  }

  /** Called every few milliseconds. */
  void tick(long now) {
    if (closed) {
      return;
    }
    if (srtpOut == null) {
      if (now - openedNanos > limits.connect().toNanos()) {
        end(EndReason.NEVER_CONNECTED, "no connection after " + limits.connect());
      }
      return;
    }
    if (now - heardNanos > limits.silence().toNanos()) {
      end(EndReason.SILENT, "nothing heard for " + limits.silence());
      return;
    }
    RtcpWriter rtcp = new RtcpWriter(localSsrc);
    if (now - reportNanos >= REPORT_NANOS) {
      reportNanos = now;
      List<ReportBlock> blocks = new ArrayList<>();
      tracks.forEach(track -> blocks.addAll(track.reports(now)));
      rtcp.receiverReport(blocks).sourceDescription("rostrum");
    }
    tracks.forEach(track -> track.tick(now, rtcp));
    if (now - feedbackNanos >= TransportFeedback.intervalNanos()) {
      feedbackNanos = now;
      feedback.next().ifPresent(told -> rtcp.transportFeedback(feedbackSsrc, told));
    }
    if (!rtcp.isEmpty()) {
      sendRtcp(rtcp);
    }
  }

  private void sendRtcp(RtcpWriter rtcp) {
    sendDatagram(srtpOut.sealRtcp(rtcp.toByteArray()));
  }

  private void sendDatagram(byte[] datagram) {
    UdpPort.Remote to = selected;
    if (to != null) {
      port.send(datagram, to);
    }
  }

  /** Asks for a key frame on the video track, until one comes; on the port's thread. */
  public void wantKey() {
    tracks.stream().filter(track -> track.format().codec().video()).forEach(TrackReceiver::wantKey);
  }

  /** New credentials, with which the client begins again to check; on the port's thread. */
  public void restartIce(IceCredentials credentials) {
    if (iceBefore != null) {
      port.forget(iceBefore.local().ufrag());
    }
    iceBefore = ice;
    ice = new IceLite(credentials);
    port.register(credentials.ufrag(), this);
    heardNanos = System.nanoTime();
  }

  void admitted(UdpPort.Remote remote) {
    remotes.add(remote);
  }

  void dismissed(UdpPort.Remote remote) {
    remotes.remove(remote);
  }

  /** On the port's thread. */
  public SessionStatistics statistics() {
    Map<String, TrackStatistics> byKind = new HashMap<>();
    tracks.forEach(
        track ->
            byKind.put(track.format().codec().video() ? "video" : "audio", track.statistics()));
    return new SessionStatistics(bytesReceived, packetsRefused, byKind);
  }

  /** Ends it and tells the peer; from any thread. Repeating it changes nothing. */
  public void close() {
    port.execute(() -> end(EndReason.CLOSED, "closed here"));
  }

  private void end(EndReason reason, String detail) {
    if (closed) {
      return;
    }
    closed = true;
    if (srtpOut != null) {
      sendRtcp(new RtcpWriter(localSsrc).receiverReport(List.of()).goodbye());
    }
    dtls.close();
    early.clear();
    port.remove(this);
    events.closed(reason, detail);
  }
}
