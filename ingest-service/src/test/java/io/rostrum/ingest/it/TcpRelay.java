package io.rostrum.ingest.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a sender and the server, and tells what the server has said to the sender. */
final class TcpRelay implements AutoCloseable {

  private final ServerSocket listening;
  private final int serverPort;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StringBuffer said = new StringBuffer();

  TcpRelay(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Whether the server has sent these characters to any connection so far. */
  boolean serverHasSaid(String text) {
    return said.indexOf(text) >= 0;
  }

  private void accept() {
    try {
      while (true) {
        Socket sender = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        threads.execute(() -> copy(sender, server, false));
        threads.execute(() -> copy(server, sender, true));
      }
    } catch (IOException expected) {
      // Closed.
    }
  }

  private void copy(Socket from, Socket to, boolean remember) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (remember) {
          said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException expected) {
      // One of the two is gone, and so is the other.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
