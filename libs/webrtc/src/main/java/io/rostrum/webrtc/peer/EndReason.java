package io.rostrum.webrtc.peer;

/** Why a session ended. */
public enum EndReason {
  /** The peer closed its DTLS association. */
  PEER_LEFT,
  /** Nothing authentic came for too long: RFC 7675 in spirit, as a lite agent can. */
  SILENT,
  /** No connection came about in time. */
  NEVER_CONNECTED,
  /** The DTLS handshake failed, for example over a certificate that was not announced. */
  HANDSHAKE_FAILED,
  /** This side closed it. */
  CLOSED
}
