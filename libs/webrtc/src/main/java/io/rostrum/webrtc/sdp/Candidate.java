package io.rostrum.webrtc.sdp;

/**
 * An address of this server, RFC 8839 §5.1; always UDP, always host: behind a NAT the public
 * address is announced in place of the private one.
 *
 * @param address numeric
 * @param preference of RFC 8445 §5.1.2, 0 to 65535; the highest is tried first
 */
public record Candidate(String address, int port, int preference) {

  private static final int HOST_TYPE_PREFERENCE = 126;
  private static final int COMPONENT = 1;

  String toLine() {
    long priority = (long) HOST_TYPE_PREFERENCE << 24 | (long) preference << 8 | 256 - COMPONENT;
    return "a=candidate:%d %d udp %d %s %d typ host"
        .formatted(65_536 - preference, COMPONENT, priority, address, port);
  }
}
