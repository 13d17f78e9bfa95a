package io.rostrum.playback.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import io.rostrum.contracts.access.PlaybackToken;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.playback.config.PlaybackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a request's token against the audience of the moment, for every request: a viewer who is
 * removed is out with the next one.
 *
 * <p>Thread safe. Verified tokens are remembered, so that the signature of each is checked once.
 */
@Startup // what is set wrong is said at once
@ApplicationScoped
public class AccessGate {
  private static final int MIN_SECRET_BYTES = 32;
  private static final int REMEMBERED = 50_000;

  private final byte[] secret;
  private final Clock clock = Clock.systemUTC();
  private final Cache<String, PlaybackToken> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /**
   * @param config has the secret that the catalog signs with
   */
  public AccessGate(PlaybackConfig config) {
    this.secret = config.secret().getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalStateException(
          "rostrum.playback.secret (ROSTRUM_PLAYBACK_SECRET) has less than "
              + MIN_SECRET_BYTES
              + " bytes: set the same random text here and in the catalog");
    }
  }

  /**
   * @param intent of the broadcast
   * @param token as sent; null for none
   */
  public Verdict check(BroadcastIntent intent, String token) {
    if (intent.audience().isPublic()) {
      return Verdict.ADMITTED;
    }
    Optional<PlaybackToken> valid = token == null ? Optional.empty() : verify(token);
    if (valid.isEmpty()) {
      return Verdict.NO_TOKEN;
    }
    PlaybackToken viewer = valid.get();
    if (!intent.id().equals(viewer.broadcast())) {
      return Verdict.OTHER_BROADCAST;
    }
    return intent.audience().admits(viewer.user(), viewer.groups())
        ? Verdict.ADMITTED
        : Verdict.NOT_IN_AUDIENCE;
  }

  private Optional<PlaybackToken> verify(String text) {
    Instant now = clock.instant();
    PlaybackToken known = verified.getIfPresent(text);
    if (known != null) {
      return now.isBefore(known.expiresAt()) ? Optional.of(known) : Optional.empty();
    }
    Optional<PlaybackToken> token = PlaybackToken.verify(text, secret, now);
    token.ifPresent(valid -> verified.put(text, valid));
    return token;
  }
}
