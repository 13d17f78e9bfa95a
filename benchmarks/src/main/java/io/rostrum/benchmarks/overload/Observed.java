package io.rostrum.benchmarks.overload;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the topics tell of one broadcast while it is watched. For one thread. */
final class Observed {
  private static final int VIDEO_FRAME_TICKS = 3000;
  private static final int AUDIO_FRAME_TICKS = 1024;

  private final SentFrames video;
  private final SentFrames audio;
  private final long fromMs;
  private final Map<String, Long> endTicks = new HashMap<>();
  private final Map<String, List<Double>> latenciesMs = new TreeMap<>();
  private double latestMs;
  private long latestAtMs;
  private final Set<String> seenParts = new HashSet<>();
  private final Map<String, Integer> gaps = new TreeMap<>();
  private final Set<String> warnings = new HashSet<>();
  private int segments;
  private int deferredReports;
  private long storedSegments;
  private long endedNanos;
  private long revisedNanos;
  private Fact.Revised revised;

  /**
   * @param video what its publisher has sent
   * @param audio likewise
   * @param fromMs media time from which on latencies count
   */
  Observed(SentFrames video, SentFrames audio, long fromMs) {
    this.video = video;
    this.audio = audio;
    this.fromMs = fromMs;
  }

  void part(MediaPart part, long nowNanos) {
    if (!seenParts.add(part.rendition() + "/" + part.msn() + "/" + part.part())) {
      return;
    }
    boolean sound = part.rendition().equals("audio");
    if (!sound && !part.rendition().equals("source")) {
      return;
    }
    long ticks = endTicks.merge(part.rendition(), part.durationTicks(), Long::sum);
    long lastMs =
        (ticks - (sound ? AUDIO_FRAME_TICKS : VIDEO_FRAME_TICKS)) * 1000 / part.timescale();
    long sent = (sound ? audio : video).sentNanos(lastMs);
    if (lastMs >= fromMs && sent >= 0) {
      double ms = (nowNanos - sent) / 1e6;
      latenciesMs.computeIfAbsent(part.rendition(), none -> new ArrayList<>()).add(ms);
      if (ms > latestMs) {
        latestMs = ms;
        latestAtMs = lastMs;
      }
    }
  }

  void fact(TimelineRecord record, long nowNanos) {
    if (record.fact() instanceof Fact.Close close) {
      segments++;
      close
          .renditions()
          .forEach((name, r) -> gaps.merge(name, r.withoutMedia() ? 1 : 0, Integer::sum));
    } else if (record.fact() instanceof Fact.Stored) {
      storedSegments++;
    } else if (record.fact() instanceof Fact.End) {
      endedNanos = nowNanos;
    } else if (record.fact() instanceof Fact.Revised fact) {
      revised = fact;
      revisedNanos = nowNanos;
    }
  }

  void health(HealthReport report) {
    if (report instanceof HealthReport.Transcode transcode) {
      transcode.warnings().forEach(warning -> warnings.add(warning.code()));
      if (transcode.renditions().stream().anyMatch(HealthReport.RenditionHealth::deferred)) {
        deferredReports++;
      }
    }
  }

  /** By rendition. */
  Map<String, List<Double>> latenciesMs() {
    return latenciesMs;
  }

  /** Media time of the part that came latest, in milliseconds. */
  long latestAtMs() {
    return latestAtMs;
  }

  int segments() {
    return segments;
  }

  /** Segments without media live, by rendition. */
  Map<String, Integer> gaps() {
    return gaps;
  }

  Set<String> warnings() {
    return warnings;
  }

  /** How many health reports said that something is left out. */
  int deferredReports() {
    return deferredReports;
  }

  boolean hasGaps() {
    return gaps.values().stream().anyMatch(count -> count > 0);
  }

  /** Whether nothing is missing in its recording, or was made up for. */
  boolean isWhole() {
    return endedNanos > 0
        && storedSegments == segments
        && (!hasGaps() || revised != null && revised.gaps() == 0);
  }

  /** From its end until what was left out was made up for; 0 where nothing was. */
  double secondsUntilWhole() {
    return revised == null ? 0 : (revisedNanos - endedNanos) / 1e9;
  }
}
