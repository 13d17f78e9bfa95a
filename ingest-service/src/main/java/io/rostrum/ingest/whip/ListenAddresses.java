package io.rostrum.ingest.whip;

import io.rostrum.webrtc.sdp.Candidate;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which addresses WebRTC listens on, and which it announces. */
final class ListenAddresses {

  private static final int HIGHEST_PREFERENCE = 65_535;

  private ListenAddresses() {}

  /**
   * @param hosts names or addresses; wildcards stand for all addresses of the machine
   * @return IPv4 first: some clients try no other candidate than the first
   */
  static List<InetSocketAddress> of(List<String> hosts, int port) throws IOException {
    Set<InetAddress> found = new LinkedHashSet<>();
    for (String host : hosts) {
      InetAddress address = InetAddress.getByName(host.trim());
      if (address.isAnyLocalAddress()) {
        found.addAll(ofMachine(address instanceof Inet6Address));
      } else {
        found.add(address);
      }
    }
    return found.stream()
        .sorted(Comparator.comparing(Inet6Address.class::isInstance))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  private static List<InetAddress> ofMachine(boolean six) throws IOException {
    List<InetAddress> found = new ArrayList<>();
    for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
      if (link.isUp()) {
        link.inetAddresses()
            .filter(address -> address instanceof Inet6Address == six)
            // Of use on one link only, and only with its name.
            .filter(address -> !address.isLinkLocalAddress())
            .forEach(found::add);
      }
    }
    // Everybody but the machine itself is better served by the others.
    found.sort(Comparator.comparing(InetAddress::isLoopbackAddress));
    return found;
  }

  /**
   * @param announced in place of those that are open; may be empty
   */
  static List<Candidate> candidates(List<InetSocketAddress> open, List<String> announced) {
    List<Candidate> candidates = new ArrayList<>();
    if (announced.isEmpty()) {
      for (InetSocketAddress address : open) {
        String numeric = address.getAddress().getHostAddress().split("%", 2)[0];
        candidates.add(
            new Candidate(numeric, address.getPort(), HIGHEST_PREFERENCE - candidates.size()));
      }
    }
    for (String address : announced) {
      candidates.add(
          new Candidate(
              address.trim(), open.get(0).getPort(), HIGHEST_PREFERENCE - candidates.size()));
    }
    return candidates;
  }
}
