package io.rostrum.transcode.owner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A narrow way to a server: what clients send takes its time, all connections together. */
final class SlowRelay implements AutoCloseable {
  private static final int PIECE_BYTES = 4096;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final InetSocketAddress server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int bytesPerSecond;

  SlowRelay(InetSocketAddress server, int bytesPerSecond) throws IOException {
    this.server = server;
    this.bytesPerSecond = bytesPerSecond;
    start(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** As wide as any from now on. */
  void widen() {
    bytesPerSecond = Integer.MAX_VALUE;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket upstream = new Socket();
      sockets.add(client);
      sockets.add(upstream);
      upstream.connect(server);
      start(() -> carry(client, upstream, true));
      start(() -> carry(upstream, client, false));
    }
  }

  private void carry(Socket from, Socket to, boolean slowly) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (slowly) {
          pass(read);
        }
        out.write(piece, 0, read);
      }
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** One after the other: the way is shared. */
  private synchronized void pass(int bytes) {
    try {
      TimeUnit.NANOSECONDS.sleep(bytes * 1_000_000_000L / bytesPerSecond);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // By one side or the other; both are closed then.
              }
            },
            "slow relay");
    thread.setDaemon(true);
    thread.start();
  }
}
