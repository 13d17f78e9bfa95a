package io.rostrum.playback.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.Recording;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.TestConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten segments of 4 s from 09:00:00. */
class ClipRangeTest {
  @TempDir Path spool;
  private Recording recording;

  @BeforeEach
  void record() {
    Script script = new Script("bcdfgh");
    Broadcast broadcast = TestConfig.broadcast("bcdfgh", TestConfig.media(spool, 1 << 20, 1 << 20));
    for (long msn = 0; msn < 10; msn++) {
      broadcast.apply(List.of(script.open(msn), script.close(msn)));
    }
    recording = broadcast.recording();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, 40, 0, 9",
        "0, 4, 0, 0",
        "3.999, 4.001, 0, 1",
        "4, 8, 1, 1",
        "8, 12.5, 2, 3",
        "-, 12, 0, 2",
        "39.9, 40.9, 9, 9",
        "2026-11-21T09:00:04Z, 2026-11-21T09:00:12Z, 1, 2",
        "2026-11-21T10:00:05.5+01:00, 20, 1, 4",
        "12, -, 3, -1"
      })
  void range_snapsToWholeSegments(String start, String end, long first, long last) {
    assertThat(ClipRange.resolve(recording, start, end, false))
        .isEqualTo(new ClipRange(first, last));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "40, -",
        "-, 42",
        "8, 4",
        "5, 5",
        "abc, -",
        "-1, -",
        "1e3, -",
        "'', -",
        "12, 2026-11-21",
        "2026-11-21T08:59:59Z, -",
        "2026-11-21T09:00:00, -",
        "9999999999, -",
        "-, 2026-11-21T10:00:00Z",
        "0x10, -",
        "1234567890123456789012345, -"
      })
  void rangeThatIsMalformedOrOutside_isRefusedWithTheReason(String start, String end) {
    assertThatThrownBy(() -> ClipRange.resolve(recording, start, end, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(outside|before|neither).*");
  }

  @Test
  void rangeWithoutEnd_isWholeOnceTheBroadcastHasEnded() {
    assertThat(ClipRange.resolve(recording, "12", null, true)).isEqualTo(new ClipRange(3, 9));
  }
}
