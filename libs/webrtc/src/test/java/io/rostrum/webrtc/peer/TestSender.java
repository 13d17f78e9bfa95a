package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.Demultiplexer;
import io.rostrum.webrtc.dtls.DtlsEndpoint;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.DtlsKeys;
import io.rostrum.webrtc.dtls.DtlsRole;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.ice.StunWriter;
import io.rostrum.webrtc.srtp.SrtpReceiver;
import io.rostrum.webrtc.srtp.SrtpSender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client on a real socket that does what a test tells it, packet by packet. */
final class TestSender implements AutoCloseable {

  private final DatagramSocket socket = new DatagramSocket();
  private final InetSocketAddress server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<DtlsKeys> keys = new CompletableFuture<>();
  private final BlockingQueue<StunMessage> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  private final DtlsEndpoint dtls;
  private SrtpSender out;

  TestSender(InetSocketAddress server, DtlsIdentity identity, Fingerprint expected)
      throws IOException {
    this.server = server;
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
    SrtpReceiver in = null;
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        switch (Demultiplexer.of(bytes, bytes.length)) {
          case STUN -> answers.add(StunMessage.parse(bytes));
          case DTLS -> dtls.receive(bytes);
          default -> {
            in = in == null ? new SrtpReceiver(keys.get().remote()) : in;
            rtcp.add(in.openRtcp(bytes));
          }
        }
      } catch (Exception expected) {
        // Closed, or nothing to look at.
      }
    }
  }

  void send(byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, server));
    } catch (IOException expected) {
      // Closed.
    }
  }

  /** One check; returns the answer's type. */
  int check(String ufrag, String password) throws InterruptedException {
    send(
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username(ufrag + ":abcd")
            .attribute(StunMessage.USE_CANDIDATE, new byte[0])
            .signed(password));
    StunMessage answer = answers.poll(60, TimeUnit.SECONDS);
    return answer == null ? -1 : answer.type();
  }

  void handshake() throws Exception {
    dtls.start(threads);
    out = new SrtpSender(keys.get(60, TimeUnit.SECONDS).local());
  }

  /** Seals a packet of the video stream 7. */
  byte[] seal(int sequence, int timestamp, boolean marker, byte[] payload) throws Exception {
    return out.sealRtp(
        ByteBuffer.allocate(12 + payload.length)
            .put((byte) 0x80)
            .put((byte) (96 | (marker ? 0x80 : 0)))
            .putShort((short) sequence)
            .putInt(timestamp)
            .putInt(7)
            .put(payload)
            .array());
  }

  /** The next RTCP packet that begins or goes on with a packet of a type and format. */
  byte[] awaitRtcp(int type, int format) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      byte[] compound = rtcp.poll(1, TimeUnit.SECONDS);
      for (int at = 0; compound != null && at + 4 <= compound.length; ) {
        int length = 4 + 4 * ((compound[at + 2] & 0xFF) << 8 | compound[at + 3] & 0xFF);
        if ((compound[at + 1] & 0xFF) == type && (compound[at] & 0x1F) == format) {
          return Arrays.copyOfRange(compound, at, at + length);
        }
        at += length;
      }
    }
    throw new AssertionError("no RTCP of type " + type + "/" + format);
  }

  @Override
  public void close() {
    dtls.close();
    socket.close();
    threads.shutdownNow();
  }
}
