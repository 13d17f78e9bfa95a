package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.rtmp.RtmpLimits;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

  @Test
  void nothingSet_defaults() {
    IngestConfig config = config(Map.of());

    assertThat(config.rtmp().host()).isEqualTo("127.0.0.1");
    assertThat(config.rtmp().port()).isEqualTo(1935);
    assertThat(config.rtmp().maxConnections()).isEqualTo(500);
    assertThat(config.rtmp().maxConnectionsPerAddress()).isEqualTo(50);
    assertThat(config.rtmp().idleTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.rtmp().firstMediaTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.rtmps().port()).isEqualTo(1936);
    assertThat(config.rtmps().keystore()).isEmpty();
    assertThat(config.source().maxInFlightBytes()).isEqualTo(8 << 20);
    assertThat(config.source().maxTotalInFlightBytes()).isEqualTo(64L << 20);
    assertThat(config.source().deliveryTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.rtmp().readPeriod()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.source().bufferBytes()).isEqualTo(64L << 20);
    assertThat(config.guesses().allowed()).isEqualTo(10);
    assertThat(config.guesses().refill()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.rtmp().handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.rtmps().certificate()).isEmpty();
    assertThat(config.rtmps().key()).isEmpty();
    assertThat(config.rtmps().reloadPeriod()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.partTarget()).isEqualTo(Duration.ofMillis(500));
    assertThat(IngestParts.Factory.limits(config.rtmp()))
        .isEqualTo(new RtmpLimits(7 << 20, 64, 16 << 20, 16, 4096));
  }

  @Test
  void everyKey_canBeSet() {
    Map<String, String> set = new HashMap<>();
    set.put("rostrum.ingest.rtmp.host", "0.0.0.0");
    set.put("rostrum.ingest.rtmp.port", "2935");
    set.put("rostrum.ingest.rtmp.max-connections", "5");
    set.put("rostrum.ingest.rtmp.max-connections-per-address", "2");
    set.put("rostrum.ingest.rtmp.max-message-bytes", "1000");
    set.put("rostrum.ingest.rtmp.max-buffered-bytes", "2000");
    set.put("rostrum.ingest.rtmp.max-chunk-streams", "8");
    set.put("rostrum.ingest.rtmp.idle-timeout", "3s");
    set.put("rostrum.ingest.rtmp.first-media-timeout", "4s");
    set.put("rostrum.ingest.rtmps.port", "2936");
    set.put("rostrum.ingest.rtmps.keystore", "/etc/rostrum/tls.p12");
    set.put("rostrum.ingest.rtmps.keystore-password", "open");
    set.put("rostrum.ingest.source.max-in-flight-bytes", "5000");
    set.put("rostrum.ingest.source.max-total-in-flight-bytes", "6000");
    set.put("rostrum.ingest.rtmp.read-period", "0s");
    set.put("rostrum.ingest.source.delivery-timeout", "6s");
    set.put("rostrum.ingest.source.buffer-bytes", "7000");
    set.put("rostrum.ingest.guesses.allowed", "3");
    set.put("rostrum.ingest.guesses.refill", "1s");
    set.put("rostrum.ingest.rtmp.handshake-timeout", "2s");
    set.put("rostrum.ingest.rtmp.max-amf-depth", "4");
    set.put("rostrum.ingest.rtmp.max-amf-values", "99");
    set.put("rostrum.ingest.rtmps.certificate", "/etc/rostrum/tls.crt");
    set.put("rostrum.ingest.rtmps.key", "/etc/rostrum/tls.key");
    set.put("rostrum.ingest.rtmps.reload-period", "1m");
    set.put("rostrum.ingest.drain-timeout", "0s");
    set.put("rostrum.ingest.part-target", "334ms");
    IngestConfig config = config(set);

    assertThat(config.rtmp().handshakeTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.rtmps().certificate())
        .contains(java.nio.file.Path.of("/etc/rostrum/tls.crt"));
    assertThat(config.rtmps().key()).contains(java.nio.file.Path.of("/etc/rostrum/tls.key"));
    assertThat(config.rtmps().reloadPeriod()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.drainTimeout()).isZero();
    assertThat(config.partTarget()).isEqualTo(Duration.ofMillis(334));
    assertThat(config.rtmps().port()).isEqualTo(2936);
    assertThat(config.rtmps().keystore()).contains(java.nio.file.Path.of("/etc/rostrum/tls.p12"));
    assertThat(config.rtmps().keystorePassword()).contains("open");
    assertThat(config.rtmp().host()).isEqualTo("0.0.0.0");
    assertThat(config.rtmp().port()).isEqualTo(2935);
    assertThat(config.rtmp().maxConnections()).isEqualTo(5);
    assertThat(config.rtmp().maxConnectionsPerAddress()).isEqualTo(2);
    assertThat(config.rtmp().idleTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.rtmp().firstMediaTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.source().maxInFlightBytes()).isEqualTo(5000);
    assertThat(config.source().maxTotalInFlightBytes()).isEqualTo(6000);
    assertThat(config.rtmp().readPeriod()).isZero();
    assertThat(config.source().deliveryTimeout()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.source().bufferBytes()).isEqualTo(7000);
    assertThat(config.guesses().allowed()).isEqualTo(3);
    assertThat(config.guesses().refill()).isEqualTo(Duration.ofSeconds(1));
    assertThat(IngestParts.Factory.limits(config.rtmp()))
        .isEqualTo(new RtmpLimits(1000, 8, 2000, 4, 99));
  }

  @Test
  void settingsThatContradict_nameTheKey() {
    IngestConfig tooLong = config(Map.of("rostrum.ingest.rtmp.max-message-bytes", "8388608"));
    IngestConfig tooShort = config(Map.of("rostrum.ingest.part-target", "100ms"));
    IngestConfig tooLittle = config(Map.of("rostrum.ingest.rtmp.max-buffered-bytes", "1000"));

    assertThatThrownBy(() -> IngestParts.Factory.limits(tooLong.rtmp()))
        .hasMessageContaining("rostrum.ingest.rtmp.max-message-bytes");
    assertThatThrownBy(() -> IngestParts.Factory.checkPartTarget(tooShort))
        .hasMessageContaining("rostrum.ingest.part-target")
        .hasMessageContaining("200 to 1000 ms");
    assertThatThrownBy(() -> IngestParts.Factory.limits(tooLittle.rtmp()))
        .hasMessageContaining("rostrum.ingest.rtmp.max-buffered-bytes");
  }

  private static IngestConfig config(Map<String, String> set) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(set, "test", 100))
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(IngestConfig.class)
        .build()
        .getConfigMapping(IngestConfig.class);
  }
}
