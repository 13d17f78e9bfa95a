package io.rostrum.webrtc.ice;

import java.security.SecureRandom;

/**
 * The name and password of one side of one ICE session, RFC 8839 §5.4.
 *
 * @param ufrag 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int UFRAG_CHARACTERS = 16;
  private static final int PASSWORD_CHARACTERS = 32;

  /** New ones: 96 random bits of name, by which datagrams find their session, 192 of password. */
  public static IceCredentials random(SecureRandom random) {
    return new IceCredentials(text(random, UFRAG_CHARACTERS), text(random, PASSWORD_CHARACTERS));
  }

  private static String text(SecureRandom random, int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append(ALPHABET.charAt(random.nextInt(64)));
    }
    return text.toString();
  }

  /** The name; never the password. */
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}
