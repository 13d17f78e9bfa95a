package io.rostrum.rtmp.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 digests hidden in C1, S1 and S2. Not part of RTMP 1.0; what is here is what deployed
 * clients verify.
 *
 * <p>The digest sits at an offset that four other bytes of the packet add up to; where those bytes
 * are depends on the schema.
 */
final class Digest {

  /** Where a packet keeps the four offset bytes, and with them the digest. */
  enum Schema {
    /** Key block first: digest block in the second half. */
    KEY_FIRST(772),
    /** Digest block first. */
    DIGEST_FIRST(8);

    private final int offsetBytesAt;

    Schema(int offsetBytesAt) {
      this.offsetBytesAt = offsetBytesAt;
    }

    int digestOffset(byte[] packet) {
      int sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += packet[offsetBytesAt + i] & 0xFF;
      }
      return offsetBytesAt + 4 + sum % 728;
    }
  }

  static final int LENGTH = 32;

  private static final byte[] SUFFIX =
      HexFormat.of().parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");
  static final byte[] PLAYER_KEY = ascii("Genuine Adobe Flash Player 001");
  static final byte[] SERVER_KEY = ascii("Genuine Adobe Flash Media Server 001");
  private static final byte[] SERVER_KEY_FULL = concat(SERVER_KEY, SUFFIX);

  private Digest() {}

  /** The schema under which {@code c1} carries a client's valid digest, if any. */
  static Optional<Schema> find(byte[] c1) {
    for (Schema schema : new Schema[] {Schema.DIGEST_FIRST, Schema.KEY_FIRST}) {
      int offset = schema.digestOffset(c1);
      byte[] expected = digestAround(c1, offset, PLAYER_KEY);
      if (MessageDigest.isEqual(expected, Arrays.copyOfRange(c1, offset, offset + LENGTH))) {
        return Optional.of(schema);
      }
    }
    return Optional.empty();
  }

  /** Puts the server's digest into {@code s1}. */
  static void sign(byte[] s1, Schema schema) {
    sign(s1, schema, SERVER_KEY);
  }

  static void sign(byte[] packet, Schema schema, byte[] key) {
    int offset = schema.digestOffset(packet);
    System.arraycopy(digestAround(packet, offset, key), 0, packet, offset, LENGTH);
  }

  /** Ends {@code s2} with a digest keyed by the client's own. */
  static void answer(byte[] c1, Schema schema, byte[] s2) {
    int offset = schema.digestOffset(c1);
    byte[] key = hmac(SERVER_KEY_FULL, c1, offset, LENGTH, 0, 0);
    int signed = s2.length - LENGTH;
    System.arraycopy(hmac(key, s2, 0, signed, 0, 0), 0, s2, signed, LENGTH);
  }

  private static byte[] digestAround(byte[] packet, int offset, byte[] key) {
    int after = offset + LENGTH;
    return hmac(key, packet, 0, offset, after, packet.length - after);
  }

  static byte[] hmac(byte[] key, byte[] data, int from1, int length1, int from2, int length2) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(data, from1, length1);
      mac.update(data, from2, length2);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
