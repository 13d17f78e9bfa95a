package io.rostrum.contracts.access;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says for a short time who is watching which broadcast. It does not say that they may: playback
 * holds it against the audience of the moment, so that whoever is removed from the audience is out
 * at once.
 *
 * <p>Form: {@code base64url(JSON).base64url(HMAC-SHA256)}, safe in a path segment and in a cookie.
 *
 * @param broadcast the broadcast it is for
 * @param user the viewer's user name
 * @param groups the viewer's groups at the time of issue
 * @param expiresAt from when it counts as none
 */
public record PlaybackToken(String broadcast, String user, Set<String> groups, Instant expiresAt) {
  private static final int MAX_LENGTH = 4096;

  public PlaybackToken {
    groups = groups == null ? Set.of() : Set.copyOf(groups);
  }

  /**
   * The token as text.
   *
   * @param secret shared by catalog and playback, at least 32 bytes
   */
  public String sign(byte[] secret) {
    byte[] claims = ContractJson.write(this);
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(claims) + "." + base64.encodeToString(mac(secret, claims));
  }

  /**
   * The token in {@code text}; empty if it is malformed, forged or expired.
   *
   * @param secret as for signing
   * @param now the time to hold it against
   */
  public static Optional<PlaybackToken> verify(String text, byte[] secret, Instant now) {
    if (text == null || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getUrlDecoder();
      byte[] claims = base64.decode(text.substring(0, dot).getBytes(StandardCharsets.ISO_8859_1));
      byte[] signature =
          base64.decode(text.substring(dot + 1).getBytes(StandardCharsets.ISO_8859_1));
      if (!MessageDigest.isEqual(signature, mac(secret, claims))) {
        return Optional.empty();
      }
      return Optional.of(ContractJson.read(claims, PlaybackToken.class))
          .filter(token -> token.expiresAt() != null && now.isBefore(token.expiresAt()));
    } catch (IllegalArgumentException | ContractException expected) {
      // Not base64url, or signed by us in another form: no token either way.
      return Optional.empty();
    }
  }

  private static byte[] mac(byte[] secret, byte[] claims) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(claims);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(
          "the playback secret is empty: set ROSTRUM_PLAYBACK_SECRET", e);
    }
  }

  @Override
  public String toString() {
    return "PlaybackToken[" + broadcast + "]";
  }
}
