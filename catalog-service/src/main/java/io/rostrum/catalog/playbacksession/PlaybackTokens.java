package io.rostrum.catalog.playbacksession;

import io.quarkus.runtime.StartupEvent;
import io.rostrum.contracts.access.PlaybackToken;
import io.rostrum.contracts.broadcast.Audience;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Signs playback tokens. */
@Singleton
class PlaybackTokens {
  private static final int MIN_SECRET_BYTES = 32;

  /** Cookies end at 4096 bytes with their name and attributes (RFC 6265 §6.1). */
  private static final int MAX_LENGTH = 3_500;

  private final byte[] secret;
  private final PlaybackSessionConfig config;
  private final Clock clock;

  PlaybackTokens(PlaybackSessionConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.secret = config.secret().getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalStateException(
          "rostrum.playback.secret (ROSTRUM_PLAYBACK_SECRET) is shorter than "
              + MIN_SECRET_BYTES
              + " bytes: set a random one, the same for catalog and playback,"
              + " e.g. from 'openssl rand -hex 32'");
    }
  }

  /** Makes a wrong secret stop the start, not the first viewer. */
  void check(@Observes StartupEvent event) {
    Objects.requireNonNull(secret);
  }

  /** From when a token issued now counts as none. */
  Instant expiry() {
    return clock.instant().plus(config.sessionTtl());
  }

  /**
   * @param user null where nobody signed in
   */
  String sign(
      String broadcastId, String user, Set<String> groups, Audience audience, Instant expiresAt) {
    String token = new PlaybackToken(broadcastId, user, groups, expiresAt).sign(secret);
    if (token.length() <= MAX_LENGTH) {
      return token;
    }
    // Somebody with hundreds of groups: those that count today must do.
    Set<String> counting =
        audience.rules().stream()
            .filter(rule -> rule.kind() == Audience.Kind.GROUP)
            .map(Audience.Rule::name)
            .filter(groups::contains)
            .limit(10)
            .collect(Collectors.toSet());
    return new PlaybackToken(broadcastId, user, counting, expiresAt).sign(secret);
  }
}
