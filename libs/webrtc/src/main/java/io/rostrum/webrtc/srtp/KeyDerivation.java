package io.rostrum.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys out of master keys: RFC 3711 §4.3, with RFC 6188 §3 for keys of 256 bits. */
final class KeyDerivation {

  static final int RTP_ENCRYPTION = 0;
  static final int RTP_AUTHENTICATION = 1;
  static final int RTP_SALT = 2;

  /** Added to the labels of RTP. */
  static final int RTCP = 3;

  private KeyDerivation() {}

  /**
   * Key stream of AES in counter mode; the key derivation rate is 0, so that the index is no part.
   */
  static byte[] derive(SrtpKeys keys, int label, int bytes) {
    // RFC 7714 §11: a salt of 96 bits is the left part of the 112 bits that are wanted here.
    byte[] iv = Arrays.copyOf(keys.salt(), 16);
    iv[7] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.key(), "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(new byte[bytes]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no AES in counter mode", e);
    }
  }
}
