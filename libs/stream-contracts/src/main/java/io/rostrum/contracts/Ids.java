package io.rostrum.contracts;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Identifiers of broadcasts, publications and keys: random, lower-case, safe in URLs, object keys
 * and logs.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  // No vowels and no look-alikes: ids are read aloud by AV people, and must not spell anything.
  private static final String ALPHABET = "23456789bcdfghjkmnpqrstvwxz";
  private static final Pattern ID = Pattern.compile("[a-z0-9]{4,40}");

  private Ids() {}

  /** A new broadcast id: 14 characters, about 66 bits. */
  public static String newBroadcastId() {
    return random(14);
  }

  /** A new publication id. */
  public static String newPublicationId() {
    return random(12);
  }

  /** A new key id: names a stream key in lists and logs, secret to nobody. */
  public static String newKeyId() {
    return random(8);
  }

  /** A new secret of about 190 bits. */
  public static String newSecret() {
    return random(40);
  }

  /** Whether {@code text} has the form of an id; says nothing about existence. */
  public static boolean isId(String text) {
    return text != null && ID.matcher(text).matches();
  }

  /**
   * @return {@code text} itself
   * @throws ContractException if it is not an id
   */
  public static String requireId(String what, String text) {
    if (!isId(text)) {
      throw new ContractException(what + " is not an id of 4 to 40 characters a-z, 0-9");
    }
    return text;
  }

  private static String random(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
