package io.rostrum.ingest.it;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A bad way between one client and the server: what the client sends is lost at times, late at
 * times, and doubled at times. What the server sends comes through.
 */
final class LossyRelay implements AutoCloseable {

  private static final int DELAY_MS = 20;

  private final DatagramSocket clientSide;
  private final DatagramSocket serverSide;
  private final InetSocketAddress server;
  private final Random random;
  private final double loss;
  private final ScheduledExecutorService delayed = Executors.newSingleThreadScheduledExecutor();
  private volatile InetSocketAddress client;
  private volatile int lost;
  private volatile long mediaFromNanos = System.nanoTime();

  /**
   * @param loss share of the client's datagrams that are lost; every tenth is 20 ms late, every
   *     fiftieth comes twice
   * @param seed decides which
   */
  LossyRelay(int serverPort, double loss, long seed) throws IOException {
    random = new Random(seed);
    this.loss = loss;
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    clientSide = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    serverSide = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start("relay-up", this::up);
    start("relay-down", this::down);
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void start(String name, Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException | RejectedExecutionException expected) {
                // Closed.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void up() throws IOException {
    while (!clientSide.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
      clientSide.receive(packet);
      client = (InetSocketAddress) packet.getSocketAddress();
      packet.setSocketAddress(server);
      if (isMedia(packet) && System.nanoTime() - mediaFromNanos < 0) {
        continue;
      }
      if (random.nextDouble() < loss) {
        lost++;
        continue;
      }
      if (random.nextInt(10) == 0) {
        delayed.schedule(() -> forward(packet), DELAY_MS, TimeUnit.MILLISECONDS);
      } else {
        forward(packet);
      }
      if (random.nextInt(50) == 0) {
        forward(packet);
      }
    }
  }

  /** RTP or RTCP, by RFC 7983 §7. */
  private static boolean isMedia(DatagramPacket packet) {
    int first = packet.getData()[0] & 0xFF;
    return first >= 128 && first <= 191;
  }

  /** No media gets through for a while; checks do. */
  void holdMediaFor(Duration pause) {
    mediaFromNanos = System.nanoTime() + pause.toNanos();
  }

  private void forward(DatagramPacket packet) {
    try {
      serverSide.send(packet);
    } catch (IOException expected) {
      // As if lost.
    }
  }

  private void down() throws IOException {
    while (!serverSide.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
      serverSide.receive(packet);
      if (client != null) {
        packet.setSocketAddress(client);
        clientSide.send(packet);
      }
    }
  }

  /** Where the client should send. */
  int port() {
    return clientSide.getLocalPort();
  }

  int lost() {
    return lost;
  }

  @Override
  public void close() {
    clientSide.close();
    serverSide.close();
    delayed.shutdownNow();
  }
}
