package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.Demultiplexer;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.ice.IceLite;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.sdp.Answer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one UDP port of all sessions: a socket for each address, since one for all addresses could
 * answer from another than it was asked on. One thread reads, and everything of a session happens
 * on it. Datagrams find their session by the name in an ICE check, afterwards by the address that
 * the check came from; others are dropped without an answer.
 */
public final class UdpPort implements AutoCloseable, Executor {

  /** Where a peer is, and over which socket. */
  record Remote(DatagramChannel channel, InetSocketAddress address) {}

  private static final int MAX_DATAGRAM = 2_048;
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;
  private static final long TICK_MS = 10;
  // Then tasks and time get their turn, however much comes in.
  private static final int READS_IN_A_ROW = 256;
  private static final int MAX_REMOTES_PER_SESSION = 8;

  private final List<DatagramChannel> channels = new ArrayList<>();
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<String, WebRtcSession> byUfrag = new HashMap<>();
  private final Map<Remote, WebRtcSession> byRemote = new HashMap<>();
  private final List<WebRtcSession> sessions = new ArrayList<>();
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong dropped = new AtomicLong();
  private final ExecutorService handshakes =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "webrtc-handshake");
            thread.setDaemon(true);
            return thread;
          });
  private final Thread thread = new Thread(this::run, "webrtc");
  private volatile boolean closed;

  private UdpPort(Selector selector) {
    this.selector = selector;
    thread.setDaemon(true);
  }

  /**
   * Opens a socket for each address and begins to read.
   *
   * @throws IOException if one of them cannot be had; none is then open
   */
  public static UdpPort open(List<InetSocketAddress> addresses) throws IOException {
    UdpPort port = new UdpPort(Selector.open());
    try {
      for (InetSocketAddress address : addresses) {
        boolean six = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
            DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        port.channels.add(channel);
        // What the system grants; a burst of one key frame is some hundred datagrams.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.configureBlocking(false);
        channel.bind(address);
        channel.register(port.selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      port.closeChannels();
      throw e;
    }
    port.thread.start();
    return port;
  }

  /** The addresses that are open. */
  public List<InetSocketAddress> addresses() {
    List<InetSocketAddress> open = new ArrayList<>();
    try {
      for (DatagramChannel channel : channels) {
        open.add((InetSocketAddress) channel.getLocalAddress());
      }
    } catch (IOException e) {
      throw new IllegalStateException("The port is closed", e);
    }
    return open;
  }

  /** Opens the session that an answer announces; from any thread. */
  public WebRtcSession connect(
      Answer answer, DtlsIdentity identity, SessionLimits limits, SessionEvents events) {
    WebRtcSession session =
        new WebRtcSession(this, answer, identity, handshakes, limits, random.nextInt(), events);
    execute(
        () -> {
          sessions.add(session);
          register(answer.local().ufrag(), session);
        });
    return session;
  }

  /** Runs a task on the port's thread. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Datagrams that belonged to nobody or could not be read. */
  public long droppedDatagrams() {
    return dropped.get();
  }

  void register(String ufrag, WebRtcSession session) {
    byUfrag.put(ufrag, session);
  }

  void forget(String ufrag) {
    byUfrag.remove(ufrag);
  }

  /** The peer of a session has proved that it is at an address. */
  void admit(WebRtcSession session, Remote remote) {
    WebRtcSession before = byRemote.get(remote);
    if (before == session) {
      return;
    }
    if (before != null) {
      // One address, another session: a client that begins anew on the same socket.
      before.dismissed(remote);
    }
    List<Remote> known = session.remotes();
    if (known.size() >= MAX_REMOTES_PER_SESSION) {
      session.dismissed(known.get(0));
      byRemote.remove(known.get(0));
    }
    byRemote.put(remote, session);
    session.admitted(remote);
  }

  void remove(WebRtcSession session) {
    sessions.remove(session);
    session.ufrags().forEach(byUfrag::remove);
    session.remotes().forEach(remote -> byRemote.remove(remote, session));
  }

  void send(byte[] datagram, Remote to) {
    try {
      to.channel().send(ByteBuffer.wrap(datagram), to.address());
    } catch (IOException expected) {
      // As if lost on the way.
    }
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    long nextTick = System.nanoTime();
    while (!closed) {
      try {
        // 0 waits for a datagram or a task: without sessions there is nothing to look after.
        selector.select(sessions.isEmpty() ? 0 : TICK_MS);
        for (SelectionKey key : selector.selectedKeys()) {
          read((DatagramChannel) key.channel(), buffer);
        }
        selector.selectedKeys().clear();
      } catch (IOException | ClosedSelectorException e) {
        break;
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        guard(task);
      }
      long now = System.nanoTime();
      if (now - nextTick >= 0) {
        nextTick = now + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
        for (WebRtcSession session : List.copyOf(sessions)) {
          guard(session, () -> session.tick(now));
        }
      }
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guard(task);
    }
    closeChannels();
  }

  /** A mistake must not take all sessions with it. */
  private static void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      report(e);
    }
  }

  /** One session's mistake ends that session. */
  private static void guard(WebRtcSession session, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      report(e);
      session.close();
    }
  }

  private static void report(Throwable mistake) {
    System.getLogger(UdpPort.class.getName())
        .log(System.Logger.Level.ERROR, "Mistake in a WebRTC session", mistake);
  }

  private void read(DatagramChannel channel, ByteBuffer buffer) throws IOException {
    for (int i = 0; i < READS_IN_A_ROW; i++) {
      buffer.clear();
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
      if (from == null) {
        return;
      }
      byte[] datagram = new byte[buffer.flip().remaining()];
      buffer.get(datagram);
      dispatch(datagram, new Remote(channel, from));
    }
  }

  private void dispatch(byte[] datagram, Remote from) {
    boolean check = Demultiplexer.of(datagram, datagram.length) == Demultiplexer.STUN;
    try {
      WebRtcSession session =
          check ? byUfrag.get(IceLite.localUfrag(StunMessage.parse(datagram))) : byRemote.get(from);
      if (session == null) {
        dropped.incrementAndGet();
        return;
      }
      guard(session, () -> hand(session, check, datagram, from));
    } catch (WebRtcException expected) {
      dropped.incrementAndGet();
    }
  }

  private void hand(WebRtcSession session, boolean check, byte[] datagram, Remote from) {
    try {
      if (check) {
        session.stun(datagram, from);
      } else {
        session.receive(datagram);
      }
    } catch (WebRtcException expected) {
      // Counted like all that is of no use.
      dropped.incrementAndGet();
    }
  }

  /** Ends all sessions, then closes the sockets; returns when that is done. */
  @Override
  public void close() {
    execute(() -> List.copyOf(sessions).forEach(WebRtcSession::close));
    execute(() -> closed = true);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    handshakes.shutdownNow();
  }

  private void closeChannels() {
    try {
      for (DatagramChannel channel : channels) {
        channel.close();
      }
      selector.close();
    } catch (IOException expected) {
      // They are gone either way.
    }
  }
}
