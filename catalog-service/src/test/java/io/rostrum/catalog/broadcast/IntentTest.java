package io.rostrum.catalog.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  private final Broadcast broadcast = new Broadcast("Town hall", "producer", NOW);

  private StreamKey token(Instant expiresAt) {
    return broadcast.issueKey(KeyPurpose.BROWSER, "producer", NOW, expiresAt);
  }

  /** Ingest takes the key's absence for a revocation, and stops who publishes with it. */
  @Test
  void expiredKey_staysKnown_sinceSomebodyMayBeOnTheAirWithIt() {
    StreamKey expired = token(NOW.minusSeconds(1));
    StreamKey valid = token(NOW.plusSeconds(1));

    assertThat(broadcast.intent(NOW).streamKeys())
        .extracting(StreamKeyHash::keyId)
        .containsExactly(valid.keyId(), expired.keyId());
    assertThat(broadcast.validKeys(NOW)).hasSize(1);
  }

  @Test
  void revokedKey_isTakenOut_expiredOrNot() {
    for (Instant expiresAt : new Instant[] {NOW.minusSeconds(1), NOW.plusSeconds(1), null}) {
      broadcast.revoke(broadcast.key(token(expiresAt).keyId()).orElseThrow(), NOW);
    }

    assertThat(broadcast.intent(NOW).streamKeys()).isEmpty();
  }

  @Test
  void manyExpiredKeys_theNewestStay() {
    for (int i = 0; i < 120; i++) {
      token(NOW.minus(Duration.ofMinutes(120 - i)));
    }

    assertThat(broadcast.intent(NOW).streamKeys())
        .hasSize(100)
        .allMatch(key -> !key.expiresAt().isBefore(NOW.minus(Duration.ofMinutes(100))));
  }
}
