package io.rostrum.ingest.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.ingest.IngestConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceServersTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static IceServers of(Map<String, String> webrtc) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().withConverter(Duration.class, 200, new DurationConverter());
    webrtc.forEach((key, value) -> builder.withDefaultValue("rostrum.ingest.webrtc." + key, value));
    return IceServers.of(
        builder
            .withMapping(IngestConfig.class)
            .build()
            .getConfigMapping(IngestConfig.class)
            .webrtc());
  }

  @Test
  void noServer_noLink() {
    assertThat(of(Map.of()).links("b", NOW)).isEmpty();
  }

  @Test
  void stun_hasNoCredentials_turnHasThoseOfTheSettings() {
    IceServers servers =
        of(
            Map.of(
                "ice-servers", "stun:stun.example.org,turns:[2001:db8::1]:443?transport=tcp",
                "turn.username", "studio",
                "turn.credential", "a \"quoted\" \\ word"));

    assertThat(servers.links("b", NOW))
        .containsExactly(
            "<stun:stun.example.org>; rel=\"ice-server\"",
            "<turns:[2001:db8::1]:443?transport=tcp>; rel=\"ice-server\"; username=\"studio\";"
                + " credential=\"a \\\"quoted\\\" \\\\ word\"; credential-type=\"password\"");
  }

  /** The password is that of {@code printf 1700003600:b | openssl dgst -sha1 -hmac s -binary}. */
  @Test
  void secret_makesANameThatExpires_andItsPassword() {
    IceServers servers =
        of(
            Map.of(
                "ice-servers", "turn:turn.example.org", "turn.secret", "s", "turn.lifetime", "1h"));

    assertThat(servers.links("b", NOW))
        .containsExactly(
            "<turn:turn.example.org>; rel=\"ice-server\"; username=\"1700003600:b\";"
                + " credential=\"5p5pyPztyWh5sQ1rcCS3+L/89co=\"; credential-type=\"password\"");
  }

  @Test
  void settingsThatClientsCouldNotUse_nameTheKey() {
    assertThatThrownBy(() -> of(Map.of("ice-servers", "turn:turn.example.org")))
        .hasMessageContaining("rostrum.ingest.webrtc.turn.secret");
    assertThatThrownBy(() -> of(Map.of("turn.username", "only")))
        .hasMessageContaining("rostrum.ingest.webrtc.turn.credential");
    assertThatThrownBy(
            () -> of(Map.of("turn.username", "a", "turn.credential", "b", "turn.secret", "c")))
        .hasMessageContaining("rostrum.ingest.webrtc.turn.secret");
    assertThatThrownBy(() -> of(Map.of("turn.username", "line\nbreak", "turn.credential", "b")))
        .hasMessageContaining("rostrum.ingest.webrtc.turn.username");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn.example.org",
        "https://turn.example.org",
        "stun:",
        "stun:a>; rel=\"x\"",
        "stun:a b",
        "turn:a?transport=sctp"
      })
  void address_thatIsNone_isNamed(String uri) {
    assertThatThrownBy(
            () -> of(Map.of("ice-servers", uri, "turn.username", "a", "turn.credential", "b")))
        .hasMessageContaining("rostrum.ingest.webrtc.ice-servers")
        .hasMessageContaining(uri);
  }
}
