package io.rostrum.playback.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §12.5.3. */
class CachingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZip",
        "br, gzip;q=0.5",
        "*",
        "gzip;q=0.001",
        "*;q=0, gzip",
        "gzip ; q=1",
        "gzip, identity",
        "deflate, gzip;q=1.0, *;q=0.5"
      })
  void gzip_whereItIsAccepted(String accepted) {
    assertThat(Caching.acceptsGzip(accepted)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "gzip;q=0",
        "gzip;q=0.000",
        "gzip;Q=0",
        "*, gzip;q=0",
        "*;q=0",
        "identity",
        "gzip;q=0.2, identity;q=0.8",
        "br",
        "",
        ";",
        ",;,;q=1,",
        "gzip;q=many",
        "gzip;q=1.0000"
      })
  void plain_whereItIsNot(String accepted) {
    assertThat(Caching.acceptsGzip(accepted)).isFalse();
  }
}
