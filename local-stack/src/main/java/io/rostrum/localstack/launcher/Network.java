package io.rostrum.localstack.launcher;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * Ports and addresses of one stack.
 *
 * @param bind the address of {@code --bind}
 * @param portOffset added to every port
 */
record Network(String bind, int portOffset) {

  private static final String LOOPBACK = "127.0.0.1";

  int port(StackPort port) {
    return port.number(portOffset);
  }

  /** The address a port is bound to. */
  String bindOf(StackPort port) {
    return port.isLoopbackOnly() ? LOOPBACK : bind;
  }

  /** An address at which processes of this machine reach what is bound to {@code --bind}. */
  String localHost() {
    return isWildcard() ? LOOPBACK : bracketed(bind);
  }

  /**
   * The address that is printed and put into links: others must be able to reach it if they are
   * meant to.
   */
  String publicHost() {
    return isWildcard() ? bracketed(firstAddress()) : bracketed(bind);
  }

  String publicUrl() {
    return "http://" + publicHost() + ":" + port(StackPort.EDGE);
  }

  String publicTlsUrl() {
    return "https://" + publicHost() + ":" + port(StackPort.EDGE_TLS);
  }

  String keycloakUrl() {
    return "http://" + publicHost() + ":" + port(StackPort.KEYCLOAK);
  }

  String realmUrl() {
    return keycloakUrl() + "/realms/rostrum";
  }

  String rtmpUrl() {
    return "rtmp://" + publicHost() + ":" + port(StackPort.RTMP) + "/live";
  }

  String rtmpsUrl() {
    return "rtmps://" + publicHost() + ":" + port(StackPort.RTMPS) + "/live";
  }

  /** The HTTP address of a service, for processes of this machine. */
  String localUrl(StackPort port) {
    return "http://" + localHost() + ":" + port(port);
  }

  /**
   * Checks that the address is one of this machine.
   *
   * @throws UsageException if it is not
   */
  void check() throws UsageException {
    try {
      InetAddress address = InetAddress.getByName(bind);
      if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
        throw new UsageException(
            "--bind " + bind + ": no network interface of this machine has that address");
      }
    } catch (UnknownHostException | SocketException e) {
      throw new UsageException("--bind " + bind + " is no address: " + e.getMessage());
    }
  }

  private boolean isWildcard() {
    return bind.equals("0.0.0.0") || bind.equals("::") || bind.equals("[::]");
  }

  private static String firstAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Network::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse(LOOPBACK);
    } catch (IOException e) {
      return LOOPBACK;
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
