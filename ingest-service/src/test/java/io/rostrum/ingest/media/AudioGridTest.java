package io.rostrum.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioGridTest {

  @ParameterizedTest
  @ValueSource(ints = {44_100, 48_000, 32_000, 24_000})
  void roundedTimestamps_frameAfterFrame_withoutHolesOrDrift(int sampleRate) {
    AudioGrid grid = new AudioGrid(sampleRate);

    for (int i = 0; i < 50_000; i++) {
      assertThat(grid.next(i * 1024L * 1000 / sampleRate * 1000, 1024)).hasValue(i * 1024L);
    }
  }

  @Test
  void jitter_ofTwentyMilliseconds_isNotHeard() {
    AudioGrid grid = new AudioGrid(48_000);

    for (int i = 0; i < 1000; i++) {
      assertThat(grid.next((i * 1024L / 48 + (i % 3) * 10) * 1000, 1024)).hasValue(i * 1024L);
    }
  }

  @Test
  void missingFrames_leaveAHoleOfWholeFrames() {
    AudioGrid grid = new AudioGrid(48_000);
    grid.next(0, 1024);

    // 10 frames are missing: 11 * 21.33 ms
    assertThat(grid.next(235_000, 1024)).hasValue(11 * 1024L);
    assertThat(grid.next(256_000, 1024)).hasValue(12 * 1024L);
  }

  @Test
  void tooManyFrames_areDroppedUntilTheGridIsReached() {
    AudioGrid grid = new AudioGrid(48_000);
    int placed = 0;

    for (int i = 0; i < 1000; i++) {
      placed += grid.next(i * 20_000L, 1024).isPresent() ? 1 : 0;
    }

    // 20 s of time hold 937 frames; the grid may be ahead by 100 ms and a frame.
    assertThat(placed).isBetween(937, 944);
  }
}
