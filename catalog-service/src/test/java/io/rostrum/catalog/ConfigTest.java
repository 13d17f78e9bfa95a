package io.rostrum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.catalog.address.AddressConfig;
import io.rostrum.catalog.deletion.DeletionConfig;
import io.rostrum.catalog.deletion.S3Config;
import io.rostrum.catalog.outbox.OutboxConfig;
import io.rostrum.catalog.playbacksession.PlaybackSessionConfig;
import io.rostrum.catalog.streamkey.StreamKeyConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings by the names that the launcher and the deployments use. */
class ConfigTest {
  @Test
  void defaults_areThoseOfThePublicInterface() {
    AddressConfig addresses = config(Map.of(), AddressConfig.class);
    assertThat(addresses.publicUrl()).hasToString("http://127.0.0.1:8080");
    assertThat(addresses.rtmpUrl()).isEqualTo("rtmp://127.0.0.1:1935/live");
    assertThat(addresses.rtmpsUrl()).isEqualTo("rtmps://127.0.0.1:1936/live");
    assertThat(config(Map.of(), S3Config.class).endpoint()).isEqualTo("http://127.0.0.1:9000");
    assertThat(config(Map.of(), S3Config.class).bucket()).isEqualTo("rostrum");
    assertThat(config(Map.of(), StreamKeyConfig.class).publishTokenTtl())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(config(Map.of(), OutboxConfig.class).pollInterval())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(config(Map.of(), DeletionConfig.class).sweeps())
        .containsExactly(Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(1));
  }

  @Test
  void environment_ofTheLauncher_isRead() {
    Map<String, String> environment =
        Map.of(
            "ROSTRUM_PUBLIC_URL", "https://tv.example",
            "ROSTRUM_RTMP_URL", "rtmp://in.example/live",
            "ROSTRUM_RTMPS_URL", "rtmps://in.example/live",
            "ROSTRUM_PLAYBACK_SECRET", "x".repeat(32),
            "ROSTRUM_S3_ENDPOINT", "http://s3.example",
            "ROSTRUM_S3_ACCESS_KEY", "access",
            "ROSTRUM_S3_SECRET_KEY", "secret",
            "ROSTRUM_S3_BUCKET", "media");
    AddressConfig addresses = config(environment, AddressConfig.class);
    S3Config s3 = config(environment, S3Config.class);
    assertThat(addresses.publicUrl()).hasToString("https://tv.example");
    assertThat(addresses.rtmpUrl()).isEqualTo("rtmp://in.example/live");
    assertThat(addresses.rtmpsUrl()).isEqualTo("rtmps://in.example/live");
    assertThat(config(environment, PlaybackSessionConfig.class).secret()).hasSize(32);
    assertThat(List.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket()))
        .containsExactly("http://s3.example", "access", "secret", "media");
  }

  @Test
  void playbackSecret_missing_isNamed() {
    assertThatThrownBy(() -> config(Map.of(), PlaybackSessionConfig.class))
        .hasMessageContaining("rostrum.playback.secret");
  }

  private static <T> T config(Map<String, String> environment, Class<T> mapping) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new EnvConfigSource(environment, 300))
            .withSources(
                new PropertiesConfigSource(
                    Map.of("smallrye.config.mapping.validate-unknown", "false"), "test", 100))
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(mapping)
            .build();
    return config.getConfigMapping(mapping);
  }
}
