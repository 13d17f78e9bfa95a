package io.rostrum.webrtc.ice;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A STUN message, RFC 8489 §5 (the same bytes as RFC 5389), as read from a datagram.
 *
 * <pre>
 *   0                   1                   2                   3
 *  |0 0|     message type          |         message length        |
 *  |                         magic cookie                          |
 *  |                     transaction id (96 bits)                  |
 * </pre>
 *
 * @param type class and method
 * @param transactionId twelve bytes; not copied
 * @param attributes in order; those behind MESSAGE-INTEGRITY are left out, but for FINGERPRINT
 * @param integrityOffset where the MESSAGE-INTEGRITY attribute starts, or -1
 * @param bytes the whole message; not copied
 */
public record StunMessage(
    int type, byte[] transactionId, List<Attribute> attributes, int integrityOffset, byte[] bytes) {

  /** RFC 8489 §5: requests, indications and answers of the one method, Binding. */
  public static final int BINDING_REQUEST = 0x0001;

  public static final int BINDING_INDICATION = 0x0011;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  /** RFC 8489 §18.3 and RFC 8445 §16.1. */
  public static final int USERNAME = 0x0006;

  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;

  static final int HEADER_BYTES = 20;
  static final int MAGIC_COOKIE = 0x2112A442;
  static final int FINGERPRINT_XOR = 0x5354554E;
  private static final String FORMAT = "STUN";
  private static final int MAX_BYTES = 1500;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int INTEGRITY_BYTES = 20;

  /** One attribute; the value is not copied. */
  public record Attribute(int type, byte[] value) {}

  /**
   * Reads a message. FINGERPRINT is checked where it is there, MESSAGE-INTEGRITY by {@link
   * #isSignedWith}.
   *
   * @throws WebRtcException if the datagram is none
   */
  public static StunMessage parse(byte[] datagram) throws WebRtcException {
    if (datagram.length < HEADER_BYTES || datagram.length > MAX_BYTES) {
      throw WebRtcException.malformed(FORMAT, "message of " + datagram.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    int type = in.getShort() & 0xFFFF;
    int length = in.getShort() & 0xFFFF;
    if ((type & 0xC000) != 0 || in.getInt() != MAGIC_COOKIE) {
      throw WebRtcException.malformed(FORMAT, "no magic cookie");
    }
    if (length != datagram.length - HEADER_BYTES || length % 4 != 0) {
      throw WebRtcException.malformed(FORMAT, "length " + length + " of " + datagram.length);
    }
    byte[] transactionId = new byte[12];
    in.get(transactionId);
    List<Attribute> attributes = new ArrayList<>(8);
    int integrityOffset = -1;
    while (in.hasRemaining()) {
      int start = in.position();
      int attributeType = in.getShort() & 0xFFFF;
      int valueBytes = in.getShort() & 0xFFFF;
      int padded = valueBytes + 3 & ~3;
      if (padded > in.remaining()) {
        throw WebRtcException.malformed(FORMAT, "attribute longer than the message");
      }
      if (attributes.size() >= MAX_ATTRIBUTES) {
        throw WebRtcException.limit(FORMAT, "too many attributes", MAX_ATTRIBUTES);
      }
      byte[] value = new byte[valueBytes];
      in.get(value);
      in.position(in.position() + padded - valueBytes);
      if (attributeType == FINGERPRINT) {
        requireFingerprint(datagram, start, value, in.hasRemaining());
      }
      // RFC 8489 §14.5: what follows MESSAGE-INTEGRITY is not covered by it and is ignored.
      if (integrityOffset < 0 || attributeType == FINGERPRINT) {
        attributes.add(new Attribute(attributeType, value));
      }
      if (attributeType == MESSAGE_INTEGRITY && integrityOffset < 0) {
        if (valueBytes != INTEGRITY_BYTES) {
          throw WebRtcException.malformed(FORMAT, "MESSAGE-INTEGRITY of " + valueBytes + " bytes");
        }
        integrityOffset = start;
      }
    }
    return new StunMessage(type, transactionId, List.copyOf(attributes), integrityOffset, datagram);
  }

  /** RFC 8489 §14.7: the last attribute, over all before it. */
  private static void requireFingerprint(byte[] bytes, int start, byte[] value, boolean more)
      throws WebRtcException {
    if (value.length != 4 || more) {
      throw WebRtcException.malformed(FORMAT, "FINGERPRINT is not the last attribute");
    }
    if (ByteBuffer.wrap(value).getInt() != crc(bytes, start)) {
      throw WebRtcException.malformed(FORMAT, "FINGERPRINT does not match");
    }
  }

  /** The first attribute of a type. */
  public Optional<byte[]> find(int attributeType) {
    return attributes.stream()
        .filter(attribute -> attribute.type() == attributeType)
        .map(Attribute::value)
        .findFirst();
  }

  public boolean has(int attributeType) {
    return find(attributeType).isPresent();
  }

  /** USERNAME as text, RFC 8489 §14.3; empty without one. */
  public String username() {
    return find(USERNAME).map(value -> new String(value, StandardCharsets.UTF_8)).orElse("");
  }

  /**
   * Whether MESSAGE-INTEGRITY is there and made with {@code password} (short-term credential, RFC
   * 8489 §9.1.1).
   */
  public boolean isSignedWith(String password) {
    if (integrityOffset < 0) {
      return false;
    }
    byte[] covered = Arrays.copyOf(bytes, integrityOffset);
    // §14.5: the length covers up to and with MESSAGE-INTEGRITY, whatever follows.
    int length = integrityOffset + 4 + INTEGRITY_BYTES - HEADER_BYTES;
    covered[2] = (byte) (length >> 8);
    covered[3] = (byte) length;
    byte[] sent =
        Arrays.copyOfRange(bytes, integrityOffset + 4, integrityOffset + 4 + INTEGRITY_BYTES);
    return MessageDigest.isEqual(sent, hmac(covered, password));
  }

  static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  static byte[] hmac(byte[] bytes, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      byte[] key = password.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA1"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HmacSHA1", e);
    }
  }

  /** Type and attributes; never a value. */
  @Override
  public String toString() {
    return "StunMessage[type=%04x, attributes=%d]".formatted(type, attributes.size());
  }
}
