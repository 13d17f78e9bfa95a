package io.rostrum.playback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.playback.config.PlaybackConfig;
import io.rostrum.playback.testing.TestConfig;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {
  private static Embedding with(String key, String value) {
    return new Embedding(
        TestConfig.playback("0123456789abcdef0123456789abcdef")
            .withDefaultValue("rostrum.playback.embed." + key, value)
            .build()
            .getConfigMapping(PlaybackConfig.class));
  }

  @Test
  void byDefault_nobodyFramesThePage_andMediaIsOpen() {
    Embedding embedding = with("media-origins", "*");
    assertThat(embedding.frameAncestors()).isEqualTo("'self'");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    embedding.allow("https://a.example", headers);
    assertThat(headers.get("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(headers.contains("Vary")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intranet.example.com",
        "https://a.example/path",
        "https://a.example; script-src *",
        "*",
        "'unsafe-inline'"
      })
  void whatIsNoOrigin_isRefusedAtStart(String origin) {
    assertThatThrownBy(() -> with("page-origins", origin))
        .hasMessageContaining("rostrum.playback.embed.page-origins")
        .hasMessageContaining("https://intranet.example.com");
  }
}
