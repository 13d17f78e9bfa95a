package io.rostrum.contracts.broadcast;

import io.rostrum.contracts.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream key in clear, {@code rst_{keyId}_{secret}}: shown once to the producer, sent by the
 * publisher, kept nowhere.
 *
 * <p>The secret is 40 random characters (about 190 bits), so a plain SHA-256 is as good as a slow
 * hash and costs ingest nothing. {@link #toString()} leaves the secret out.
 *
 * @param keyId public part
 * @param secret private part
 */
public record StreamKey(String keyId, String secret) {
  private static final Pattern FORM = Pattern.compile("rst_([a-z0-9]{4,40})_([A-Za-z0-9]{16,128})");

  /** A new random key. */
  public static StreamKey generate() {
    return new StreamKey(Ids.newKeyId(), Ids.newSecret());
  }

  /** The key in {@code text}, empty if it does not have the form of one. */
  public static Optional<StreamKey> parse(String text) {
    if (text == null || text.length() > 256) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new StreamKey(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The text that the producer enters in the encoder. */
  public String reveal() {
    return "rst_" + keyId + "_" + secret;
  }

  /** The key as it is kept. */
  public StreamKeyHash hash(Instant expiresAt) {
    return new StreamKeyHash(keyId, sha256(), expiresAt);
  }

  /**
   * Whether this is the key behind {@code hash}, in a time that does not depend on where they
   * differ.
   */
  public boolean matches(StreamKeyHash hash) {
    return keyId.equals(hash.keyId())
        && MessageDigest.isEqual(
            sha256().getBytes(StandardCharsets.US_ASCII),
            hash.sha256().getBytes(StandardCharsets.US_ASCII));
  }

  private String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "rst_" + keyId + "_…";
  }
}
