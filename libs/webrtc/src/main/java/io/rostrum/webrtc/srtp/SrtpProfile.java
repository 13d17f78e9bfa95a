package io.rostrum.webrtc.srtp;

import java.util.Arrays;
import java.util.Optional;

/** The protection profiles that DTLS may agree on: RFC 5764 §4.1.2, RFC 7714 §14.2. */
public enum SrtpProfile {
  AES128_CM_SHA1_80(0x0001, 16, 14, 10, false),
  AEAD_AES_128_GCM(0x0007, 16, 12, 16, true),
  AEAD_AES_256_GCM(0x0008, 32, 12, 16, true);

  private final int code;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;
  private final boolean aead;

  SrtpProfile(int code, int keyBytes, int saltBytes, int tagBytes, boolean aead) {
    this.code = code;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
    this.aead = aead;
  }

  /** As {@code use_srtp} names it. */
  public int code() {
    return code;
  }

  /** Bytes of a master key. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Bytes of a master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Bytes that authentication adds to a packet. */
  public int tagBytes() {
    return tagBytes;
  }

  /** Whether encryption and authentication are one, as in GCM. */
  public boolean aead() {
    return aead;
  }

  public static Optional<SrtpProfile> ofCode(int code) {
    return Arrays.stream(values()).filter(profile -> profile.code == code).findFirst();
  }
}
