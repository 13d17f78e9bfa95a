package io.rostrum.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.broadcast.Audience;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlaybackTokenTest {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final PlaybackToken TOKEN =
      new PlaybackToken("broadcast1", "alice", Set.of("staff"), NOW.plusSeconds(60));

  @Test
  void signedToken_isVerified_untilItExpires() {
    String text = TOKEN.sign(SECRET);
    assertThat(text).matches("[A-Za-z0-9_.-]+");
    assertThat(PlaybackToken.verify(text, SECRET, NOW)).contains(TOKEN);
    assertThat(PlaybackToken.verify(text, SECRET, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void changedOrForeignToken_isNone() {
    String text = TOKEN.sign(SECRET);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      // The last character of a Base64 group may carry unused bits: the same signature in another
      // spelling is no forgery.
      PlaybackToken.verify(changed, SECRET, NOW)
          .ifPresent(token -> assertThat(token).isEqualTo(TOKEN));
    }
    assertThat(
            PlaybackToken.verify(
                TOKEN.sign("another secret".getBytes(StandardCharsets.UTF_8)), SECRET, NOW))
        .isEmpty();
    for (String bad :
        new String[] {null, "", ".", "a.b", "a.b.c", "=.=", "\u00e4.b", "x".repeat(5000)}) {
      assertThat(PlaybackToken.verify(bad, SECRET, NOW)).isEmpty();
    }
  }

  @Test
  void audience_admitsByAnyRule() {
    Audience audience =
        new Audience(
            List.of(
                new Audience.Rule(Audience.Kind.GROUP, "staff"),
                new Audience.Rule(Audience.Kind.PERSON, "bob")));
    assertThat(audience.admits("alice", Set.of("staff"))).isTrue();
    assertThat(audience.admits("bob", Set.of())).isTrue();
    assertThat(audience.admits("eve", Set.of("other"))).isFalse();
    assertThat(audience.isPublic()).isFalse();
    assertThat(Audience.signedIn().admits("eve", Set.of())).isTrue();
  }
}
