package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks for taken ports before anything starts, so that the answer names the port and not a stack
 * trace.
 */
final class PortCheck {

  private static final long DYING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private PortCheck() {}

  /**
   * Checks the ports of processes that are about to start.
   *
   * @throws StartFailure if some are taken; says which, by whom, and the way out
   */
  static void check(Network network, Collection<String> processes)
      throws IOException, StartFailure {
    List<String> taken = new ArrayList<>();
    for (StackPort port : StackPort.values()) {
      int number = network.port(port);
      if (processes.contains(port.process()) && !becomesFree(network, port, number)) {
        taken.add(
            "  "
                + number
                + (port.isUdp() ? "/udp" : "")
                + " ("
                + port.process()
                + ") is held by "
                + PortHolder.find(number, port.isUdp()).orElse("a process that cannot be seen"));
      }
    }
    if (!taken.isEmpty()) {
      throw new StartFailure(
          (taken.size() == 1 ? "A port is taken:\n" : "Ports are taken:\n")
              + String.join("\n", taken)
              + "\nStop what holds them, or shift all ports of the stack: --port-offset "
              + (network.portOffset() + 100));
    }
  }

  /**
   * A process that was just killed keeps its ports until the last of its threads is gone, which is
   * a moment after it no longer counts as alive: a port that nobody can be seen to hold gets that
   * moment.
   */
  private static boolean becomesFree(Network network, StackPort port, int number)
      throws IOException {
    long deadline = System.nanoTime() + DYING_NANOS;
    while (!isFree(network, port, number)) {
      if (System.nanoTime() > deadline || PortHolder.find(number, port.isUdp()).isPresent()) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50); // Only time helps: the kernel tells nobody.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(Network network, StackPort port, int number) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(network.bindOf(port)), number);
    if (port.isUdp()) {
      try (DatagramSocket socket = new DatagramSocket(address)) {
        return socket.isBound();
      } catch (SocketException e) {
        return false;
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: connections of an earlier run that linger in TIME_WAIT do not count.
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (SocketException e) {
      return false;
    }
  }
}
