package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.Demultiplexer;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsEndpoint;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.DtlsKeys;
import io.rostrum.webrtc.dtls.DtlsRole;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.ice.StunWriter;
import io.rostrum.webrtc.srtp.SrtpReceiver;
import io.rostrum.webrtc.srtp.SrtpSender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The other side of a session, on a socket of this machine: it sends what it is told, packet by
 * packet, and repeats nothing. For rehearsals and tests; no client for a network.
 */
public final class LoopbackPeer implements AutoCloseable {

  private static final int MAX_DATAGRAM = 2_048;
  private static final String UFRAG = "abcd";

  private final DatagramSocket socket = new DatagramSocket();
  private final InetSocketAddress server;
  private final Executor threads;
  private final Consumer<byte[]> rtcp;
  private final CompletableFuture<DtlsKeys> keys = new CompletableFuture<>();
  private final BlockingQueue<StunMessage> answers = new LinkedBlockingQueue<>();
  private final DtlsEndpoint dtls;
  private SrtpSender sender;

  /**
   * @param server where the session is
   * @param identity whose fingerprint the offer had
   * @param expected the fingerprint in the answer
   * @param threads one reads until this is closed, one shakes hands
   * @param rtcp is given what the session says, opened, on a thread of {@code threads}
   * @throws IOException if no socket can be had
   */
  public LoopbackPeer(
      InetSocketAddress server,
      DtlsIdentity identity,
      Fingerprint expected,
      Executor threads,
      Consumer<byte[]> rtcp)
      throws IOException {
    this.server = server;
    this.threads = threads;
    this.rtcp = rtcp;
    dtls =
        new DtlsEndpoint(
            identity,
            DtlsRole.CLIENT,
            expected,
            this::send,
            new DtlsEndpoint.Events() {
              @Override
              public void established(DtlsKeys agreed) {
                keys.complete(agreed);
              }

              @Override
              public void failed(String reason) {
                keys.completeExceptionally(new IOException(reason));
              }
            });
    threads.execute(this::read);
  }

  private void read() {
    SrtpReceiver receiver = null;
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        switch (Demultiplexer.of(bytes, bytes.length)) {
          case STUN -> answers.add(StunMessage.parse(bytes));
          case DTLS -> dtls.receive(bytes);
          default -> {
            receiver = receiver == null ? new SrtpReceiver(keys.get().remote()) : receiver;
            rtcp.accept(receiver.openRtcp(bytes));
          }
        }
      } catch (IOException | WebRtcException | ExecutionException expected) {
        // Closed, or nothing to look at.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Sends a datagram as it is. */
  public void send(byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, server));
    } catch (IOException expected) {
      // Closed.
    }
  }

  /**
   * One connectivity check that nominates, RFC 8445 §7.2.2.
   *
   * @param session credentials of the session
   * @return the type of the answer; -1 where none came in time
   */
  public int check(IceCredentials session, long patienceSeconds) throws InterruptedException {
    send(
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username(session.ufrag() + ":" + UFRAG)
            .attribute(StunMessage.USE_CANDIDATE, new byte[0])
            .signed(session.password()));
    StunMessage answer = answers.poll(patienceSeconds, TimeUnit.SECONDS);
    return answer == null ? -1 : answer.type();
  }

  /**
   * Shakes hands; after a check.
   *
   * @throws ExecutionException if that fails
   */
  public void handshake(long patienceSeconds)
      throws InterruptedException, ExecutionException, TimeoutException {
    dtls.start(threads);
    sender = new SrtpSender(keys.get(patienceSeconds, TimeUnit.SECONDS).local());
  }

  /** Seals an RTP packet for {@link #send}; after the handshake. */
  public byte[] seal(byte[] rtp) throws WebRtcException {
    return sender.sealRtp(rtp);
  }

  /** Says good-bye, and lets its threads go. */
  @Override
  public void close() {
    dtls.close();
    socket.close();
  }
}
