package io.rostrum.webrtc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.rtp.MediaFrame;
import io.rostrum.webrtc.sdp.Answer;
import io.rostrum.webrtc.sdp.Answerer;
import io.rostrum.webrtc.sdp.Candidate;
import io.rostrum.webrtc.sdp.Offers;
import io.rostrum.webrtc.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session over real sockets, with a client that follows no rules but the test's. */
class UdpPortTest {

  private static final long PATIENCE_SECONDS = 60;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DtlsIdentity SERVER = DtlsIdentity.generate(RANDOM);
  private static final DtlsIdentity CLIENT = DtlsIdentity.generate(RANDOM);
  private static final byte[] KEY = {0x10, 0x50, 1};
  private static final byte[] INTER = {0x10, 0x51, 2};

  private final BlockingQueue<MediaFrame> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<EndReason> ends = new LinkedBlockingQueue<>();
  private UdpPort port;
  private Answer answer;
  private WebRtcSession session;
  private TestSender sender;

  @BeforeEach
  void connect() throws Exception {
    port = UdpPort.open(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    InetSocketAddress open = port.addresses().get(0);
    // With the client's own certificate in place of the browser's.
    String offer =
        Offers.browser()
            .replaceAll("a=fingerprint:.*", "a=fingerprint:" + CLIENT.fingerprint().toValue());
    answer =
        new Answerer(
                SERVER.fingerprint(), List.of(new Candidate("127.0.0.1", open.getPort(), 1)), 2_500)
            .answer(SessionDescription.parse(offer), IceCredentials.random(RANDOM), 1);
    SessionLimits limits =
        new SessionLimits(Duration.ofSeconds(30), Duration.ofSeconds(10), 1 << 16);
    session =
        port.connect(
            answer,
            SERVER,
            limits,
            new SessionEvents() {
              @Override
              public void connected(String remote, String profile) {}

              @Override
              public void frame(MediaFrame frame) {
                frames.add(frame);
              }

              @Override
              public void closed(EndReason reason, String detail) {
                ends.add(reason);
              }
            });
    CompletableFuture<Void> registered = new CompletableFuture<>();
    port.execute(() -> registered.complete(null));
    registered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    sender = new TestSender(open, CLIENT, SERVER.fingerprint());
  }

  @AfterEach
  void close() {
    sender.close();
    port.close();
  }

  private void established() throws Exception {
    assertThat(sender.check(answer.local().ufrag(), answer.local().password()))
        .isEqualTo(StunMessage.BINDING_SUCCESS);
    sender.handshake();
  }

  private MediaFrame nextFrame() throws InterruptedException {
    return frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void media_comesOutAsFrames() throws Exception {
    established();

    sender.send(sender.seal(1, 90_000, true, KEY));
    sender.send(sender.seal(2, 93_000, true, INTER));

    MediaFrame first = nextFrame();
    MediaFrame second = nextFrame();
    assertThat(first.key()).isTrue();
    assertThat(first.data()).containsExactly(0x50, 1);
    assertThat(second.timeUs() - first.timeUs()).isEqualTo(33_333);
  }

  @Test
  void missingPacket_isAskedFor_andRepairedOnTheSameStream() throws Exception {
    established();
    sender.send(sender.seal(1, 90_000, true, KEY));
    byte[] late = sender.seal(2, 93_000, true, INTER);
    sender.send(sender.seal(3, 96_000, true, INTER));

    byte[] nack = sender.awaitRtcp(205, 1);

    assertThat(nack).endsWith(0, 0, 0, 7, 0, 2, 0, 0);
    sender.send(late);
    nextFrame();
    nextFrame();
    assertThat(nextFrame()).isNotNull();
  }

  @Test
  void lostPacket_leadsToARequestForAKeyFrame_andNothingBroken() throws Exception {
    established();
    sender.send(sender.seal(1, 90_000, true, KEY));
    sender.seal(2, 93_000, true, INTER);
    sender.send(sender.seal(3, 96_000, true, INTER));

    sender.awaitRtcp(206, 1);
    sender.send(sender.seal(4, 99_000, true, KEY));

    assertThat(nextFrame().key()).isTrue();
    assertThat(nextFrame().key()).isTrue();
    assertThat(frames).isEmpty();
  }

  @Test
  void keyWantedAtASegmentsEnd_isAskedFor() throws Exception {
    established();
    sender.send(sender.seal(1, 90_000, true, KEY));
    nextFrame();

    port.execute(session::wantKey);

    assertThat(sender.awaitRtcp(206, 1)).endsWith(0, 0, 0, 7);
  }

  @Test
  void receiverReports_come() throws Exception {
    established();
    sender.send(sender.seal(1, 90_000, true, KEY));
    nextFrame();

    assertThat(sender.awaitRtcp(201, 1)).hasSize(32);
  }

  @Test
  void check_withAnotherPassword_getsNothingThrough() throws Exception {
    assertThat(sender.check(answer.local().ufrag(), "wrong")).isEqualTo(StunMessage.BINDING_ERROR);
    established();
  }

  @Test
  void restart_checksWithOldAndNewNames_areAnswered() throws Exception {
    established();
    IceCredentials fresh = IceCredentials.random(RANDOM);
    CompletableFuture<Void> restarted = new CompletableFuture<>();
    port.execute(
        () -> {
          session.restartIce(fresh);
          restarted.complete(null);
        });
    // As the answer to a client's PATCH does: what it checks with must be known.
    restarted.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(sender.check(answer.local().ufrag(), answer.local().password()))
        .isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(sender.check(fresh.ufrag(), fresh.password()))
        .isEqualTo(StunMessage.BINDING_SUCCESS);
  }

  /** Each address has a socket of its own, and the answer comes from the one that was asked. */
  @Test
  void severalAddresses_ofBothFamilies_areServed() throws Exception {
    List<InetSocketAddress> addresses =
        Stream.of("127.0.0.1", "127.0.0.2", "::1").map(a -> new InetSocketAddress(a, 0)).toList();
    try (UdpPort many = UdpPort.open(addresses)) {
      CompletableFuture<Void> registered = new CompletableFuture<>();
      many.connect(answer, SERVER, SessionLimits.defaults(), NOTHING);
      many.execute(() -> registered.complete(null));
      registered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertThat(many.addresses()).hasSize(3);
      for (InetSocketAddress address : many.addresses()) {
        try (TestSender client = new TestSender(address, CLIENT, SERVER.fingerprint())) {
          assertThat(client.check(answer.local().ufrag(), answer.local().password()))
              .as("%s", address)
              .isEqualTo(StunMessage.BINDING_SUCCESS);
        }
      }
    }
  }

  private static final SessionEvents NOTHING =
      new SessionEvents() {
        @Override
        public void connected(String remote, String profile) {}

        @Override
        public void frame(MediaFrame frame) {}

        @Override
        public void closed(EndReason reason, String detail) {}
      };

  @Test
  void goodbyeOverDtls_endsTheSession() throws Exception {
    established();
    sender.send(sender.seal(1, 90_000, true, KEY));
    nextFrame();

    sender.close();

    assertThat(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(EndReason.PEER_LEFT);
  }

  @Test
  void silence_endsTheSession() throws Exception {
    established();

    assertThat(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(EndReason.SILENT);
  }

  @Test
  void flood_fromStrangersAndFromThePeer_leavesTheSessionAlone() throws Exception {
    established();
    Random random = new Random(3);
    try (TestSender stranger =
        new TestSender(port.addresses().get(0), CLIENT, SERVER.fingerprint())) {
      for (int i = 0; i < 20_000; i++) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        (i % 2 == 0 ? stranger : sender).send(noise);
      }
    }
    // What the flood left no room for in the socket's buffer is lost as on any way.
    MediaFrame frame = null;
    for (int sequence = 1; frame == null && sequence < 600; sequence++) {
      sender.send(sender.seal(sequence, 90_000 * sequence, true, KEY));
      frame = frames.poll(100, TimeUnit.MILLISECONDS);
    }

    assertThat(frame).isNotNull();
    assertThat(port.droppedDatagrams()).isPositive();
  }
}
