package io.rostrum.hls.history;

import java.time.Duration;
import java.util.List;

/** Rules that one version of a playlist keeps by itself. */
final class SingleVersion {
  /** §4.4.4.9: a part that is not the last has at least this share of PART-TARGET. */
  private static final double LEAST_PART = 0.85;

  /** Wall-clock times are written in milliseconds, durations are sums of rounded ones. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(5);

  private final ListedPlaylist playlist;
  private final Complaints complaints;

  SingleVersion(ListedPlaylist playlist, Complaints complaints) {
    this.playlist = playlist;
    this.complaints = complaints;
  }

  void check() {
    version();
    control();
    edge();
    ListedSegment before = null;
    for (ListedSegment segment : playlist.segments()) {
      segment(segment);
      if (before != null) {
        clock(before, segment);
      }
      before = segment;
    }
  }

  private void version() { // §8
    boolean maps = playlist.segments().stream().anyMatch(s -> s.mapUri() != null);
    complaints.unless(!maps || playlist.version() >= 6, "§8: EXT-X-MAP needs version 6");
    complaints.unless(
        playlist.skipped() == 0 || playlist.version() >= 9, "§8: EXT-X-SKIP needs version 9");
  }

  private void control() { // §4.4.3.8
    long target = 1_000_000L * playlist.targetDurationSeconds();
    long skip = playlist.controlMicros("CAN-SKIP-UNTIL");
    complaints.unless(skip < 0 || skip >= 6 * target, "§4.4.3.8: CAN-SKIP-UNTIL below 6 targets");
    long holdBack = playlist.controlMicros("HOLD-BACK");
    complaints.unless(
        holdBack < 0 || holdBack >= 3 * target, "§4.4.3.8: HOLD-BACK below 3 targets");
    long partTarget = playlist.partTargetMicros();
    complaints.unless(
        partTarget == 0 || playlist.controlMicros("PART-HOLD-BACK") >= 3 * partTarget,
        "AS 14.3: PART-HOLD-BACK below 3 part targets");
    complaints.unless(
        !playlist.hasParts() || partTarget > 0, "§4.4.3.7: parts without EXT-X-PART-INF");
  }

  private void edge() {
    if (playlist.endList()) {
      complaints.unless(playlist.hints().isEmpty(), "§4.4.5.3: a hint with EXT-X-ENDLIST");
      complaints.unless(playlist.openParts().isEmpty(), "§6.2.1: the last segment is not complete");
    } else {
      complaints.unless(
          playlist.partTargetMicros() == 0 || playlist.hints().containsKey("PART"),
          "B.1: no hint for the next part");
    }
    for (String report : playlist.reports()) {
      complaints.unless(!report.contains("://"), "§4.4.5.4: a report's URI is relative");
    }
    complaints.unless(
        playlist.discontinuitySequence() >= 0, "AS 8.17: no EXT-X-DISCONTINUITY-SEQUENCE");
  }

  private void segment(ListedSegment segment) {
    String at = " (segment " + segment.msn() + ")";
    complaints.unless(
        Math.round(segment.micros() / 1e6) <= playlist.targetDurationSeconds(),
        "§4.4.3.1: longer than EXT-X-TARGETDURATION" + at);
    complaints.unless(segment.programDateTime() != null, "AS 8.4: no program date time" + at);
    complaints.unless(segment.mapUri() != null || segment.gap(), "AS 8.20: no EXT-X-MAP" + at);
    List<ListedPart> parts = segment.parts();
    for (int i = 0; i < parts.size(); i++) {
      ListedPart part = parts.get(i);
      complaints.unless(
          part.micros() <= playlist.partTargetMicros() + 1,
          "§4.4.4.9: part " + i + " longer than PART-TARGET" + at);
      boolean last = i == parts.size() - 1 && !segment.open();
      boolean beforeGap = i < parts.size() - 1 && parts.get(i + 1).gap();
      // Of the open segment the last part may turn out to be the last of all.
      boolean maybeLast = i == parts.size() - 1;
      complaints.unless(
          part.micros() >= LEAST_PART * playlist.partTargetMicros()
              || part.independent()
              || part.gap()
              || beforeGap
              || last
              || maybeLast,
          "§4.4.4.9: part " + i + " shorter than 85 % of PART-TARGET" + at);
      complaints.unless(
          !segment.gap() || part.gap(), "§4.4.4.9: part " + i + " of a gap is not one" + at);
    }
    if (!segment.open() && !parts.isEmpty()) {
      long sum = parts.stream().mapToLong(ListedPart::micros).sum();
      long tolerance = parts.size() + playlist.partTargetMicros() / 5;
      complaints.unless(
          Math.abs(sum - segment.micros()) <= tolerance,
          "§3.2: parts of " + sum + " µs in a segment of " + segment.micros() + " µs" + at);
    }
  }

  /** §6.2.1: within a run without discontinuity the wall clock goes on with the media. */
  private void clock(ListedSegment before, ListedSegment segment) {
    if (segment.discontinuity()
        || before.programDateTime() == null
        || segment.programDateTime() == null) {
      return;
    }
    Duration passed = Duration.between(before.programDateTime(), segment.programDateTime());
    Duration off = passed.minusNanos(1000 * before.micros()).abs();
    // AAC frames lie on a grid of their own: a segment of audio is a frame longer or shorter.
    Duration allowed =
        CLOCK_TOLERANCE.plusMillis(playlist.targetDurationSeconds() * 10L).plusMillis(25);
    complaints.unless(
        off.compareTo(allowed) <= 0,
        "§6.2.1: the clock jumps by " + off + " without a discontinuity at " + segment.msn());
  }
}
