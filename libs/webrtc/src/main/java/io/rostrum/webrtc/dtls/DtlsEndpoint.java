package io.rostrum.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/**
 * One DTLS association: a handshake, then nothing but its end. The handshake blocks and so has a
 * thread of its own while it lasts; afterwards the association belongs to the session's thread.
 */
public final class DtlsEndpoint implements AutoCloseable {

  /** What becomes of it; called on the thread of the handshake. */
  public interface Events {
    void established(DtlsKeys keys);

    /**
     * @param reason without secrets, fit for a log
     */
    void failed(String reason);
  }

  /** Where datagrams go; called on any thread. */
  public interface Output {
    void send(byte[] datagram);
  }

  private static final int MTU = 1_200;
  private static final int MAX_RECORD = 1_500;
  // A flight is less than ten datagrams; more than this can only be a flood.
  private static final int MAX_WAITING = 32;
  private static final int MAX_ANSWERED_PER_SECOND = 20;

  private final DtlsIdentity identity;
  private final DtlsRole role;
  private final Peer peer;
  private final Output output;
  private final Events events;
  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Datagrams datagrams = new Datagrams();
  private volatile DTLSTransport established;
  // Set by Bouncy Castle, at the peer's word or after a failure.
  private volatile boolean ended;
  private volatile boolean givenUp;
  private long windowNanos;
  private int windowDatagrams;

  /**
   * @param expected what the other side's certificate must be
   */
  public DtlsEndpoint(
      DtlsIdentity identity, DtlsRole role, Fingerprint expected, Output output, Events events) {
    this.identity = identity;
    this.role = role;
    this.peer = new Peer(identity, expected);
    this.output = output;
    this.events = events;
  }

  /** Begins the handshake on a thread of {@code threads}, for at most 15 s. */
  public void start(Executor threads) {
    threads.execute(this::handshake);
  }

  private void handshake() {
    try {
      DTLSTransport transport =
          role == DtlsRole.SERVER
              ? new DTLSServerProtocol().accept(new ServerPeer(identity, peer), datagrams)
              : new DTLSClientProtocol().connect(new ClientPeer(identity, peer), datagrams);
      datagrams.polling = true;
      established = transport;
      events.established(peer.keys(role));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle lets unchecked exceptions out where a peer contradicts itself.
      if (!givenUp) {
        events.failed(e.toString());
      }
    }
  }

  /** A datagram of the peer; on the session's thread. */
  public void receive(byte[] datagram) {
    DTLSTransport transport = established;
    if (transport != null && !mayAnswer()) {
      return;
    }
    incoming.offer(datagram);
    if (transport != null) {
      byte[] data = new byte[MAX_RECORD];
      try {
        // Application data would be a data channel, which was not negotiated: not looked at.
        // Repeats
        // of the last flight are answered within.
        while (transport.receive(data, 0, data.length, 1) >= 0) {
          continue;
        }
      } catch (IOException expected) {
        // Nothing more to read, or the association has ended, which isClosed() tells.
      }
    }
  }

  /**
   * A repeated flight is answered with a repeated flight: two sides that both do so must not keep
   * each other at it.
   */
  private boolean mayAnswer() {
    long now = System.nanoTime();
    if (now - windowNanos > TimeUnit.SECONDS.toNanos(1)) {
      windowNanos = now;
      windowDatagrams = 0;
    }
    return windowDatagrams++ < MAX_ANSWERED_PER_SECOND;
  }

  /** Whether the association was established and has been ended by the peer. */
  public boolean isClosed() {
    return established != null && ended;
  }

  /** Tells the peer, where there is an association, and gives up a handshake that still goes on. */
  @Override
  public void close() {
    DTLSTransport transport = established;
    givenUp = true;
    if (transport != null && !ended) {
      try {
        transport.close();
      } catch (IOException expected) {
        // The peer finds out by silence.
      }
    }
    ended = true;
  }

  /** Datagrams as Bouncy Castle takes them. */
  private final class Datagrams implements DatagramTransport {
    private volatile boolean polling;

    @Override
    public int getReceiveLimit() {
      return MAX_RECORD;
    }

    @Override
    public int getSendLimit() {
      return MTU;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      byte[] datagram = polling ? incoming.poll() : await(waitMillis);
      if (datagram == null) {
        if (polling) {
          throw new InterruptedIOException("nothing to read");
        }
        return -1;
      }
      int copied = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, copied);
      return copied;
    }

    private byte[] await(int waitMillis) throws IOException {
      if (givenUp) {
        throw new IOException("closed");
      }
      try {
        return incoming.poll(
            waitMillis == 0 ? 1_000 : Math.min(waitMillis, 1_000), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      output.send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
