package io.rostrum.webrtc.dtls;

/** Who opens the association, RFC 8842 §5.1. */
public enum DtlsRole {
  /** {@code setup:active}. */
  CLIENT,
  /** {@code setup:passive}. */
  SERVER
}
