package io.rostrum.webrtc.ice;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes one STUN message, RFC 8489 §5; attributes are written in the order of the calls. */
public final class StunWriter {

  private final int type;
  private final byte[] transactionId;
  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();

  /**
   * @param transactionId twelve bytes
   */
  public StunWriter(int type, byte[] transactionId) {
    this.type = type;
    this.transactionId = transactionId.clone();
  }

  public StunWriter attribute(int attributeType, byte[] value) {
    attributes.write(attributeType >> 8);
    attributes.write(attributeType);
    attributes.write(value.length >> 8);
    attributes.write(value.length);
    attributes.writeBytes(value);
    attributes.writeBytes(new byte[-value.length & 3]);
    return this;
  }

  public StunWriter username(String username) {
    return attribute(StunMessage.USERNAME, username.getBytes(StandardCharsets.UTF_8));
  }

  /** XOR-MAPPED-ADDRESS, RFC 8489 §14.2. */
  public StunWriter mappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    ByteBuffer mask = ByteBuffer.allocate(16).putInt(StunMessage.MAGIC_COOKIE).put(transactionId);
    for (int i = 0; i < ip.length; i++) {
      ip[i] ^= mask.array()[i];
    }
    ByteBuffer value =
        ByteBuffer.allocate(4 + ip.length)
            .putShort((short) (ip.length == 4 ? 1 : 2))
            .putShort((short) (address.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16))
            .put(ip);
    return attribute(StunMessage.XOR_MAPPED_ADDRESS, value.array());
  }

  /** ERROR-CODE, RFC 8489 §14.8. */
  public StunWriter error(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer value =
        ByteBuffer.allocate(4 + text.length)
            .putShort((short) 0)
            .put((byte) (code / 100))
            .put((byte) (code % 100))
            .put(text);
    return attribute(StunMessage.ERROR_CODE, value.array());
  }

  /** The message with MESSAGE-INTEGRITY and FINGERPRINT. */
  public byte[] signed(String password) {
    byte[] covered = header(24);
    attribute(StunMessage.MESSAGE_INTEGRITY, StunMessage.hmac(covered, password));
    return unsigned();
  }

  /** The message with FINGERPRINT only. */
  public byte[] unsigned() {
    byte[] covered = header(8);
    ByteBuffer crc = ByteBuffer.allocate(4).putInt(StunMessage.crc(covered, covered.length));
    attribute(StunMessage.FINGERPRINT, crc.array());
    return header(0);
  }

  /** Header and attributes; the length counts {@code more} bytes to come. */
  private byte[] header(int more) {
    return ByteBuffer.allocate(StunMessage.HEADER_BYTES + attributes.size())
        .putShort((short) type)
        .putShort((short) (attributes.size() + more))
        .putInt(StunMessage.MAGIC_COOKIE)
        .put(transactionId)
        .put(attributes.toByteArray())
        .array();
  }
}
