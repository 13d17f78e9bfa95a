package io.rostrum.ingest.whip;

import io.rostrum.contracts.health.HealthReport.Warning;
import io.rostrum.webrtc.peer.SessionStatistics;
import io.rostrum.webrtc.rtp.TrackStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a producer should look at when somebody publishes over WHIP. */
final class WhipWarnings {

  /** Beyond this repairs come too late for some pictures. */
  private static final double MUCH_LOSS = 0.02;

  private static final long ENOUGH_PACKETS = 500;

  /** Browsers decide these by themselves, and the ladder evens them out. */
  private static final Set<String> BY_NATURE =
      Set.of(
          "FRAME_RATE_VARIABLE",
          "CODEC_ENCODED_FOR_VIEWERS",
          "KEYFRAME_INTERVAL_LONG",
          "KEYFRAME_INTERVAL_UNEVEN",
          "BITRATE_UNSTABLE");

  private WhipWarnings() {}

  /**
   * @param measured what the media itself gives rise to
   */
  static List<Warning> of(List<Warning> measured, SessionStatistics statistics) {
    List<Warning> warnings = new ArrayList<>();
    TrackStatistics all =
        statistics.tracks().values().stream().reduce(TrackStatistics.NONE, TrackStatistics::plus);
    if (all.packetsExpected() > ENOUGH_PACKETS
        && all.packetsLost() > MUCH_LOSS * all.packetsExpected()) {
      double percent = 100.0 * all.packetsLost() / all.packetsExpected();
      warnings.add(
          new Warning(
              "PACKET_LOSS",
              String.format(
                  Locale.ROOT,
                  "%.1f %% of the packets are lost on the way. Use a cable instead of Wi-Fi, or a"
                      + " lower resolution.",
                  percent)));
    }
    measured.stream().filter(warning -> !BY_NATURE.contains(warning.code())).forEach(warnings::add);
    return warnings;
  }
}
