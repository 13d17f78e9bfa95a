package io.rostrum.webrtc.srtp;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ciphers of one direction of RTP or RTCP, on session keys. Everything is the JDK's own. Not
 * for two threads at once.
 */
final class PacketCipher {

  private static final String FORMAT = "SRTP";
  private static final int SHA1_BYTES = 20;

  private final SrtpProfile profile;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final Cipher cipher;
  private final Mac mac;

  /**
   * @param firstLabel of RTP or RTCP
   */
  PacketCipher(SrtpKeys keys, int firstLabel) {
    this(
        keys.profile(),
        KeyDerivation.derive(
            keys, firstLabel + KeyDerivation.RTP_ENCRYPTION, keys.profile().keyBytes()),
        KeyDerivation.derive(keys, firstLabel + KeyDerivation.RTP_SALT, keys.profile().saltBytes()),
        KeyDerivation.derive(keys, firstLabel + KeyDerivation.RTP_AUTHENTICATION, SHA1_BYTES));
  }

  /** On session keys. */
  PacketCipher(SrtpProfile profile, byte[] key, byte[] salt, byte[] authentication) {
    this.profile = profile;
    this.key = new SecretKeySpec(key, "AES");
    this.salt = salt.clone();
    try {
      cipher = Cipher.getInstance(profile.aead() ? "AES/GCM/NoPadding" : "AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authentication, "HmacSHA1"));
    } catch (NoSuchAlgorithmException | NoSuchPaddingException | InvalidKeyException e) {
      throw new IllegalStateException("This JDK lacks a cipher of " + profile, e);
    }
  }

  int tagBytes() {
    return profile.tagBytes();
  }

  boolean aead() {
    return profile.aead();
  }

  /** Encrypts or decrypts in counter mode, RFC 3711 §4.1.1. */
  void counterMode(int ssrc, long index, byte[] bytes, int from, int length) {
    byte[] iv = new byte[16];
    System.arraycopy(salt, 0, iv, 0, salt.length);
    ByteBuffer fields = ByteBuffer.wrap(iv);
    fields.putInt(4, fields.getInt(4) ^ ssrc);
    fields.putLong(8, fields.getLong(8) ^ index << 16);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      cipher.doFinal(bytes, from, length, bytes, from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
  }

  /** The first ten bytes of HMAC-SHA1 over a packet and what is implied behind it, §4.2.1. */
  byte[] tag(byte[] bytes, int length, byte[] implied) {
    mac.update(bytes, 0, length);
    return Arrays.copyOf(mac.doFinal(implied), profile.tagBytes());
  }

  void requireTag(byte[] bytes, int length, byte[] implied, int tagAt) throws WebRtcException {
    byte[] sent = Arrays.copyOfRange(bytes, tagAt, tagAt + profile.tagBytes());
    if (!MessageDigest.isEqual(sent, tag(bytes, length, implied))) {
      throw WebRtcException.forged(FORMAT, "authentication failed");
    }
  }

  /** Seals with GCM; the tag is at the end of what is returned. */
  byte[] seal(byte[] iv, byte[] associated, byte[] bytes, int from, int length) {
    try {
      initGcm(Cipher.ENCRYPT_MODE, iv);
      cipher.updateAAD(associated);
      return cipher.doFinal(bytes, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /** Opens what {@link #seal} made. */
  byte[] open(byte[] iv, byte[] associated, byte[] bytes, int from, int length)
      throws WebRtcException {
    try {
      initGcm(Cipher.DECRYPT_MODE, iv);
      cipher.updateAAD(associated);
      return cipher.doFinal(bytes, from, length);
    } catch (AEADBadTagException e) {
      throw WebRtcException.forged(FORMAT, "authentication failed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /** Packets of one stream have different indexes; the JDK refuses to encrypt twice with one. */
  private void initGcm(int mode, byte[] iv) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(8 * profile.tagBytes(), iv));
  }

  /**
   * RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, six bytes of index, all exclusive-ored with the
   * salt.
   */
  byte[] gcmIv(int ssrc, long index) {
    ByteBuffer iv =
        ByteBuffer.allocate(12)
            .putShort((short) 0)
            .putInt(ssrc)
            .putShort((short) (index >> 32))
            .putInt((int) index);
    for (int i = 0; i < 12; i++) {
      iv.array()[i] ^= salt[i];
    }
    return iv.array();
  }
}
