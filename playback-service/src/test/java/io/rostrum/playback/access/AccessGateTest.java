package io.rostrum.playback.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.contracts.access.PlaybackToken;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.Audience.Kind;
import io.rostrum.contracts.broadcast.Audience.Rule;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.playback.config.PlaybackConfig;
import io.rostrum.playback.testing.TestConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessGateTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private final AccessGate gate = new AccessGate(TestConfig.playback(Path.of("unused"), 1, 1));

  private static BroadcastIntent intent(Rule... rules) {
    return new BroadcastIntent(
        "bcdfgh",
        1,
        "t",
        new Audience(List.of(rules)),
        List.of(),
        true,
        null,
        0,
        null,
        false,
        null);
  }

  private static String token(String broadcast, String user, Instant expiresAt) {
    return new PlaybackToken(broadcast, user, Set.of("staff"), expiresAt).sign(SECRET);
  }

  @Test
  void publicBroadcast_needsNothing() {
    assertThat(gate.check(intent(new Rule(Kind.PUBLIC, null)), null)).isEqualTo(Verdict.ADMITTED);
  }

  @Test
  void token_isHeldAgainstTheAudienceOfTheMoment() {
    Instant later = Instant.now().plusSeconds(60);
    String alice = token("bcdfgh", "alice", later);
    assertThat(gate.check(intent(new Rule(Kind.PERSON, "alice")), alice))
        .isEqualTo(Verdict.ADMITTED);
    assertThat(gate.check(intent(new Rule(Kind.GROUP, "staff")), alice))
        .isEqualTo(Verdict.ADMITTED);
    assertThat(gate.check(intent(new Rule(Kind.PERSON, "bob")), alice))
        .isEqualTo(Verdict.NOT_IN_AUDIENCE);
    assertThat(gate.check(intent(new Rule(Kind.SIGNED_IN, null)), token("other1", "alice", later)))
        .isEqualTo(Verdict.OTHER_BROADCAST);
  }

  @Test
  void noToken_expiredToken_forgedToken_areNone() {
    BroadcastIntent signedIn = intent(new Rule(Kind.SIGNED_IN, null));
    assertThat(gate.check(signedIn, null)).isEqualTo(Verdict.NO_TOKEN);
    assertThat(gate.check(signedIn, "")).isEqualTo(Verdict.NO_TOKEN);
    assertThat(gate.check(signedIn, token("bcdfgh", "alice", Instant.now().minusSeconds(1))))
        .isEqualTo(Verdict.NO_TOKEN);
    String other =
        new PlaybackToken("bcdfgh", "alice", Set.of(), Instant.now().plusSeconds(60))
            .sign(new byte[32]);
    assertThat(gate.check(signedIn, other)).isEqualTo(Verdict.NO_TOKEN);
  }

  @Test
  void shortSecret_isRefusedAtStart() {
    PlaybackConfig config =
        TestConfig.playback("short").build().getConfigMapping(PlaybackConfig.class);
    assertThatThrownBy(() -> new AccessGate(config))
        .hasMessageContaining("ROSTRUM_PLAYBACK_SECRET");
  }
}
