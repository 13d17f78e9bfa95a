package io.rostrum.contracts.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.health.HealthReport.Audio;
import io.rostrum.contracts.health.HealthReport.Publisher;
import io.rostrum.contracts.health.HealthReport.RenditionHealth;
import io.rostrum.contracts.health.HealthReport.Transcode;
import io.rostrum.contracts.health.HealthReport.Video;
import io.rostrum.contracts.health.HealthReport.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthReportTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.250Z");

  @Test
  void publisher_writtenAndRead_isTheSame() {
    HealthReport report =
        new Publisher(
            "b7k2",
            "ingest-1",
            AT,
            "p1",
            true,
            AT.minusSeconds(9),
            "RTMP",
            "OBS",
            new Video("avc1.64001f", 1280, 720, 29.97, 2_500_000, 10.0, 3),
            new Audio("mp4a.40.2", 48_000, 2, 128_000, 0),
            2_640_000,
            3_300_000,
            -12,
            1,
            0,
            0,
            List.of(new Warning("KEYFRAME_INTERVAL_LONG", "Keyframes every 10 s.")));

    assertThat(HealthReport.parse(report.toBytes())).isEqualTo(report);
  }

  @Test
  void transcode_writtenAndRead_isTheSame() {
    HealthReport report =
        new Transcode(
            "b7k2",
            "transcode-1",
            AT,
            180,
            2.4,
            1,
            List.of(new RenditionHealth("720p", 1_900_000, 2, "OVERLOAD", true)),
            List.of());

    assertThat(HealthReport.parse(report.toBytes())).isEqualTo(report);
  }

  @Test
  void unknownKindOfReport_isRefusedAsSuch() {
    byte[] json = "{\"type\":\"weather\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> HealthReport.parse(json)).isInstanceOf(ContractException.class);
  }
}
