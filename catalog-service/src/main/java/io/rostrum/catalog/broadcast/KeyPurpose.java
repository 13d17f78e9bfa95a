package io.rostrum.catalog.broadcast;

/** What a stream key was made for. */
public enum KeyPurpose {
  /** Entered in an encoder; valid until it is revoked. */
  ENCODER,
  /** Going live from the browser; short-lived. */
  BROWSER
}
