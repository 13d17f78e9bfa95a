package io.rostrum.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The answering half of an ICE-lite agent, RFC 8445 §2.5: it never asks, it answers the checks of
 * one session. Without state but for the credentials.
 *
 * @param local what checks must be signed with
 */
public record IceLite(IceCredentials local) {

  /** Attributes that must be understood and are: all below 0x8000 that RFC 8445 names. */
  private static final List<Integer> UNDERSTOOD =
      List.of(
          StunMessage.USERNAME,
          StunMessage.MESSAGE_INTEGRITY,
          StunMessage.PRIORITY,
          StunMessage.USE_CANDIDATE);

  /**
   * What a check leads to.
   *
   * @param reply to be sent where the check came from
   * @param valid whether the sender has proved that it knows the password, and so may use its
   *     address
   * @param nominated whether it chose this pair, RFC 8445 §7.3.1.5
   */
  public record Outcome(byte[] reply, boolean valid, boolean nominated) {}

  /** The name of the session that a check is meant for: the part before the colon, §7.2.2. */
  public static String localUfrag(StunMessage check) {
    String username = check.username();
    int colon = username.indexOf(':');
    return colon < 0 ? username : username.substring(0, colon);
  }

  /**
   * Answers a message.
   *
   * @return empty where there is nothing to answer
   */
  public Optional<Outcome> receive(StunMessage check, InetSocketAddress from) {
    if (check.type() == StunMessage.BINDING_INDICATION) {
      // Keeps a binding open, RFC 8445 §11; proves nothing.
      return Optional.empty();
    }
    if (check.type() != StunMessage.BINDING_REQUEST) {
      return Optional.empty();
    }
    if (check.integrityOffset() < 0 || !check.has(StunMessage.USERNAME)) {
      return refuse(check, 400, "Bad Request"); // RFC 8489 §9.1.3
    }
    if (!localUfrag(check).equals(local.ufrag()) || !check.isSignedWith(local.password())) {
      return refuse(check, 401, "Unauthenticated");
    }
    List<Integer> unknown =
        check.attributes().stream()
            .map(StunMessage.Attribute::type)
            .filter(type -> type < 0x8000 && !UNDERSTOOD.contains(type))
            .toList();
    if (!unknown.isEmpty()) {
      ByteBuffer types = ByteBuffer.allocate(2 * unknown.size());
      unknown.forEach(type -> types.putShort((short) (int) type));
      StunWriter reply =
          new StunWriter(StunMessage.BINDING_ERROR, check.transactionId())
              .error(420, "Unknown Attribute") // RFC 8489 §6.3.1
              .attribute(StunMessage.UNKNOWN_ATTRIBUTES, types.array());
      return Optional.of(new Outcome(reply.signed(local.password()), false, false));
    }
    byte[] reply =
        new StunWriter(StunMessage.BINDING_SUCCESS, check.transactionId())
            .mappedAddress(from)
            .signed(local.password());
    return Optional.of(new Outcome(reply, true, check.has(StunMessage.USE_CANDIDATE)));
  }

  private static Optional<Outcome> refuse(StunMessage check, int code, String reason) {
    byte[] reply =
        new StunWriter(StunMessage.BINDING_ERROR, check.transactionId())
            .error(code, reason)
            .unsigned();
    return Optional.of(new Outcome(reply, false, false));
  }
}
