package io.rostrum.ingest.whip;

import java.util.Optional;

/**
 * The last part of a session's address, {@code {node}.{session}}: names the node that has it, so
 * that a load balancer can find it.
 *
 * @param session random, and so nothing that can be guessed
 */
record SessionName(String node, String session) {

  static Optional<SessionName> parse(String text) {
    int dot = text.lastIndexOf('.');
    return dot < 1 || dot == text.length() - 1
        ? Optional.empty()
        : Optional.of(new SessionName(text.substring(0, dot), text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return node + "." + session;
  }
}
