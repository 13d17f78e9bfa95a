package io.rostrum.webrtc.dtls;

import io.rostrum.webrtc.WebRtcException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The hash of a certificate, RFC 8122 §5: what ties a DTLS association to the SDP that announced
 * it.
 *
 * @param algorithm as SDP names it, in lower case
 * @param hash not copied
 */
public record Fingerprint(String algorithm, byte[] hash) {

  private static final String FORMAT = "fingerprint";
  // RFC 8122 §5: MD5 and MD2 must not be used; SHA-1 is left to history.
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");
  private static final Map<String, Integer> HASH_BYTES =
      Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);

  /** Of a certificate, with SHA-256. */
  static Fingerprint of(byte[] certificate) {
    return new Fingerprint("sha-256", digest("sha-256", certificate));
  }

  /**
   * Reads the value of an {@code a=fingerprint} line.
   *
   * @throws WebRtcException if it is none, or of an algorithm that is not trusted
   */
  public static Fingerprint parse(String value) throws WebRtcException {
    String[] parts = value.trim().split(" +", 2);
    String algorithm = algorithm(value);
    if (parts.length < 2) {
      throw WebRtcException.malformed(FORMAT, "no hash");
    }
    if (!ALGORITHMS.containsKey(algorithm)) {
      throw WebRtcException.unsupported(FORMAT, "algorithm other than SHA-256, SHA-384, SHA-512");
    }
    try {
      byte[] hash = HexFormat.ofDelimiter(":").parseHex(parts[1].trim());
      if (hash.length == HASH_BYTES.get(algorithm)) {
        return new Fingerprint(algorithm, hash);
      }
    } catch (IllegalArgumentException expected) {
      // Said below.
    }
    throw WebRtcException.malformed(FORMAT, "no hash of " + algorithm);
  }

  /** Whether the value of an {@code a=fingerprint} line is of an algorithm that is trusted. */
  public static boolean isTrusted(String value) {
    return ALGORITHMS.containsKey(algorithm(value));
  }

  private static String algorithm(String value) {
    return value.trim().split(" +", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** Whether {@code certificate}, in DER, is the one that was announced. */
  public boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(hash, digest(algorithm, certificate));
  }

  private static byte[] digest(String algorithm, byte[] certificate) {
    try {
      return MessageDigest.getInstance(ALGORITHMS.get(algorithm)).digest(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no " + algorithm, e);
    }
  }

  /** As the value of an {@code a=fingerprint} line. */
  public String toValue() {
    return algorithm + " " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
  }

  /** Compares the hash's bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && algorithm.equals(that.algorithm)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return toValue();
  }
}
