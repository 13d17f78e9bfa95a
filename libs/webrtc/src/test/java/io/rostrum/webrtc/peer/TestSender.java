package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.IceCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client on a real socket that does what a test tells it, packet by packet. */
final class TestSender implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  private final LoopbackPeer peer;

  TestSender(InetSocketAddress server, DtlsIdentity identity, Fingerprint expected)
      throws IOException {
    peer = new LoopbackPeer(server, identity, expected, threads, rtcp::add);
  }

  void send(byte[] datagram) {
    peer.send(datagram);
  }

  /** One check; returns the answer's type. */
  int check(String ufrag, String password) throws InterruptedException {
    return peer.check(new IceCredentials(ufrag, password), PATIENCE_SECONDS);
  }

  void handshake() throws Exception {
    peer.handshake(PATIENCE_SECONDS);
  }

  /** Seals a packet of the video stream 7. */
  byte[] seal(int sequence, int timestamp, boolean marker, byte[] payload) throws Exception {
    return peer.seal(
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
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
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
    peer.close();
    threads.shutdownNow();
  }
}
