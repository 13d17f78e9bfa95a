package io.rostrum.playback.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.hls.GrowingPlaylist;
import io.rostrum.hls.LiveEdge;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.TestConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table A9 of the checklist: draft-pantos-hls-rfc8216bis-22 §6.2.5.2. */
class BlockingReloadTest {
  private static TrackView track(int lastParts, int openParts, boolean ended) {
    LiveEdge edge = ended ? LiveEdge.ENDED : new LiveEdge(null, List.of(), List.of(), false);
    GrowingPlaylist playlist = new GrowingPlaylist(TestConfig.FORM.event(), 0);
    return new TrackView(
        Script.LADDER.get(0),
        0,
        10,
        lastParts,
        openParts,
        playlist.state(edge),
        playlist.state(edge),
        null,
        null);
  }

  // The last closed segment is 10 and has 8 parts; 3 parts of 11 are there.
  @ParameterizedTest
  @CsvSource({
    // a full segment
    "10, -1, NOW",
    "11, -1, HOLD",
    "12, -1, HOLD",
    "13, -1, TOO_FAR",
    // a part that is there, past, rolled off
    "11, 0, NOW",
    "11, 2, NOW",
    "10, 7, NOW",
    "9, 0, NOW",
    "0, 99, NOW",
    // the next part
    "11, 3, HOLD",
    "11, 8, HOLD",
    // a part beyond the last of a closed segment: part 0 of the next one
    "10, 8, NOW",
    // hls.js without low latency asks for the last part of a full segment
    "11, 11, HOLD",
    // further than the Advance Part Limit, and than any segment
    "11, 12, TOO_FAR",
    "11, 999999, TOO_FAR",
    "12, 0, HOLD",
    "12, 12, TOO_FAR",
    "13, 0, TOO_FAR"
  })
  void request_isAnsweredAsTheTableSays(long msn, int part, BlockingReload.Answer answer) {
    assertThat(BlockingReload.decide(track(8, 3, false), TestConfig.FORM, msn, part))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"10, 7, NOW", "10, 8, HOLD", "10, -1, NOW", "11, 0, HOLD"})
  void betweenSegments_thePartAfterTheLastWaitsForTheNextSegment(
      long msn, int part, BlockingReload.Answer answer) {
    assertThat(BlockingReload.decide(track(8, 0, false), TestConfig.FORM, msn, part))
        .isEqualTo(answer);
  }

  // The last I-frame is 19; a segment adds some of them at once.
  @ParameterizedTest
  @CsvSource({"0, NOW", "19, NOW", "20, HOLD", "44, HOLD", "45, TOO_FAR"})
  void iframes_areCountedByThemselves(long msn, BlockingReload.Answer answer) {
    assertThat(BlockingReload.decide(false, 20, msn)).isEqualTo(answer);
    assertThat(BlockingReload.decide(true, 20, msn)).isEqualTo(BlockingReload.Answer.NOW);
  }

  @ParameterizedTest
  @CsvSource({"11, 3", "999, 0", "13, -1"})
  void afterTheEnd_directivesAreIgnored(long msn, int part) {
    assertThat(BlockingReload.decide(track(8, 0, true), TestConfig.FORM, msn, part))
        .isEqualTo(BlockingReload.Answer.NOW);
  }
}
