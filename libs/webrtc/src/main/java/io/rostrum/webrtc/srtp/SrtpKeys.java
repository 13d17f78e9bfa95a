package io.rostrum.webrtc.srtp;

import java.util.Arrays;

/**
 * Master key and salt of one direction. The arrays are not copied.
 *
 * @param key as long as the profile says
 * @param salt as long as the profile says
 */
public record SrtpKeys(SrtpProfile profile, byte[] key, byte[] salt) {

  /** Label of the keying material that DTLS exports, RFC 5764 §4.2. */
  public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  public SrtpKeys {
    if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
      throw new IllegalArgumentException(
          "%s wants %d bytes of key and %d of salt, not %d and %d"
              .formatted(
                  profile, profile.keyBytes(), profile.saltBytes(), key.length, salt.length));
    }
  }

  /** How much DTLS must export for both directions. */
  public static int exportedBytes(SrtpProfile profile) {
    return 2 * (profile.keyBytes() + profile.saltBytes());
  }

  /**
   * The keys of one side out of what DTLS exported: client key, server key, client salt, server
   * salt (RFC 5764 §4.2).
   *
   * @param client whether those that the DTLS client sends with
   */
  public static SrtpKeys ofExport(SrtpProfile profile, byte[] exported, boolean client) {
    int key = profile.keyBytes();
    int salt = profile.saltBytes();
    int keyAt = client ? 0 : key;
    int saltAt = 2 * key + (client ? 0 : salt);
    return new SrtpKeys(
        profile,
        Arrays.copyOfRange(exported, keyAt, keyAt + key),
        Arrays.copyOfRange(exported, saltAt, saltAt + salt));
  }

  /** The profile; never a key. */
  @Override
  public String toString() {
    return "SrtpKeys[" + profile + "]";
  }
}
