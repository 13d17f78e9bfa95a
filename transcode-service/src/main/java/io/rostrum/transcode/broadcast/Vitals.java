package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.PublicationTracks;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.SegmentPart;
import io.rostrum.transcode.segment.Segmenter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this instance has seen of a broadcast since it took it over, for people: nothing is decided
 * by it and nothing of it is kept. Belongs to the owner loop's thread.
 */
final class Vitals {
  /** A backlog in the object store that no slow upload explains. */
  private static final int MANY_WAITING = 5;

  private static final long BEHIND_MS = 5_000;

  private final Map<String, Seen> renditions = new HashMap<>();

  private static final class Seen {
    private long sentUntilTicks;
    private long bitsPerSecond;
    private long gaps;
    private String lastGap;
  }

  /**
   * What only the pipeline knows.
   *
   * @param ladder null before the first segment
   * @param tracks of the publication in progress; null without one
   * @param sourceEndTicks media time up to which the source was taken, 90 kHz
   * @param realTimeFactor media seconds per second of encoding; 0 where nothing is encoded
   * @param segmentsWaiting closed and not stored
   * @param encodingTrouble why nothing can be encoded; null while it can
   * @param encodingBehindMs how long ago the source of the oldest segment ended that is still being
   *     encoded
   * @param rungsLeftOut how many of the best rungs are not encoded at the moment
   * @param awayEndsAt when the broadcast ends by itself; null while somebody publishes
   */
  record Now(
      Ladder ladder,
      PublicationTracks tracks,
      long sourceEndTicks,
      double realTimeFactor,
      int segmentsWaiting,
      String encodingTrouble,
      long encodingBehindMs,
      int rungsLeftOut,
      Instant awayEndsAt) {}

  void sent(Segment segment, RenditionSegment rendition, List<SegmentPart> parts) {
    Seen seen = seen(rendition.rendition().name());
    int timescale = rendition.rendition().timescale();
    long ticks = parts.stream().mapToLong(SegmentPart::durationTicks).sum();
    seen.sentUntilTicks =
        Math.max(seen.sentUntilTicks, segment.startTicks()) + ticks * Fact.CLOCK_HZ / timescale;
  }

  void closed(Segment segment, String rendition, Fact.SegmentRendition became) {
    Seen seen = seen(rendition);
    seen.sentUntilTicks = Math.max(seen.sentUntilTicks, segment.endTicks());
    if (became.withoutMedia()) {
      if (!segment.isAway()) {
        seen.gaps++;
        seen.lastGap = became.gap();
      }
    } else if (became.durationTicks() > 0) {
      seen.bitsPerSecond = became.bytes() * 8 * became.timescale() / became.durationTicks();
    }
  }

  HealthReport.Transcode report(String broadcast, String node, Instant at, Now now) {
    List<HealthReport.RenditionHealth> each = new ArrayList<>();
    long sentUntilTicks = Long.MAX_VALUE;
    List<Rendition> ladder = now.ladder() == null ? List.of() : now.ladder().renditions();
    for (Rendition rendition : ladder) {
      Seen seen = seen(rendition.name());
      boolean deferred = isLeftOut(now, rendition.name());
      if (!deferred) {
        sentUntilTicks = Math.min(sentUntilTicks, seen.sentUntilTicks);
      }
      each.add(
          new HealthReport.RenditionHealth(
              rendition.name(), seen.bitsPerSecond, seen.gaps, seen.lastGap, deferred));
    }
    long lagMs =
        now.tracks() == null || ladder.isEmpty()
            ? 0
            : Math.max(0, (now.sourceEndTicks() - sentUntilTicks) / 90);
    return new HealthReport.Transcode(
        broadcast,
        node,
        at,
        lagMs,
        now.realTimeFactor(),
        now.segmentsWaiting(),
        each,
        warnings(at, now));
  }

  private static boolean isLeftOut(Now now, String rendition) {
    return now.ladder().rungs().stream()
        .limit(now.rungsLeftOut())
        .anyMatch(rung -> rung.name().equals(rendition));
  }

  private List<HealthReport.Warning> warnings(Instant at, Now now) {
    List<HealthReport.Warning> warnings = new ArrayList<>();
    if (now.encodingTrouble() != null) {
      warnings.add(
          new HealthReport.Warning(
              "ENCODING_OFF",
              "Nothing is encoded, viewers get the publisher's picture only or none at all: "
                  + now.encodingTrouble()
                  + ". The transcoder's log says more."));
    }
    if (now.rungsLeftOut() > 0) {
      warnings.add(
          new HealthReport.Warning(
              "RENDITIONS_LEFT_OUT",
              names(
                      now.ladder().rungs().stream()
                          .limit(now.rungsLeftOut())
                          .map(Rung::name)
                          .toList())
                  + " behind and left out for now: the transcoder is too slow for all qualities. What is left out"
                  + " will be encoded after the event. Give it more processor, run fewer broadcasts at once, or"
                  + " lower rostrum.transcode.max-rungs."));
    } else if (now.encodingBehindMs() > BEHIND_MS) {
      warnings.add(
          new HealthReport.Warning(
              "ENCODING_BEHIND",
              "Encoding is "
                  + now.encodingBehindMs() / 1000
                  + " s behind the publisher, viewers see everything that much later."));
    }
    leftOutBefore(now, warnings);
    if (now.segmentsWaiting() > MANY_WAITING) {
      warnings.add(
          new HealthReport.Warning(
              "STORAGE_BEHIND",
              now.segmentsWaiting()
                  + " segments wait for the object store. The broadcast goes on and nothing is lost while the transcoder"
                  + " runs; see to the store soon."));
    }
    tracks(now, warnings);
    if (now.awayEndsAt() != null) {
      long minutes = Math.max(0, Duration.between(at, now.awayEndsAt()).toMinutes());
      warnings.add(
          new HealthReport.Warning(
              "PUBLISHER_AWAY",
              "Nobody publishes. Viewers wait; the broadcast ends by itself in about "
                  + minutes
                  + " min unless the publisher returns."));
    }
    return warnings;
  }

  private void leftOutBefore(Now now, List<HealthReport.Warning> warnings) {
    if (now.rungsLeftOut() > 0 || now.ladder() == null) {
      return;
    }
    List<String> late =
        now.ladder().rungs().stream()
            .map(Rung::name)
            .filter(rung -> Segmenter.LEFT_OUT.equals(seen(rung).lastGap))
            .toList();
    if (!late.isEmpty()) {
      warnings.add(
          new HealthReport.Warning(
              "ENCODED_LATER",
              names(late)
                  + " too late for some segments, which are gaps for now and will be encoded after the event."));
    }
  }

  private static String names(List<String> rungs) {
    return String.join(", ", rungs) + (rungs.size() == 1 ? " is" : " are");
  }

  private static void tracks(Now now, List<HealthReport.Warning> warnings) {
    PublicationTracks tracks = now.tracks();
    if (tracks == null || now.ladder() == null) {
      return;
    }
    boolean pictures =
        now.ladder().renditions().stream().anyMatch(r -> r.kind() == Rendition.Kind.VIDEO);
    boolean sound = now.ladder().rendition(Ladder.AUDIO).isPresent();
    if (tracks.video() != null && !pictures) {
      warnings.add(
          new HealthReport.Warning(
              "PICTURES_NOT_SHOWN",
              "This broadcast began with sound alone and stays so: what it has is settled by its first publisher. Start a"
                  + " new broadcast to show pictures."));
    }
    if (tracks.audio() != null && !sound) {
      warnings.add(
          new HealthReport.Warning(
              "SOUND_NOT_HEARD",
              "This broadcast began without sound and stays so: what it has is settled by its first publisher. Start a new"
                  + " broadcast to have sound."));
    }
    if (tracks.video() == null && pictures) {
      warnings.add(
          new HealthReport.Warning(
              "PICTURES_MISSING", "The publisher sends sound alone: viewers see no picture."));
    }
    if (tracks.audio() == null && sound) {
      warnings.add(
          new HealthReport.Warning(
              "SOUND_MISSING", "The publisher sends pictures alone: viewers hear nothing."));
    }
    if (tracks.video() != null && pictures && !now.ladder().passesThrough()) {
      warnings.add(
          new HealthReport.Warning(
              "SOURCE_NOT_OFFERED",
              "The publisher's own picture is not offered to viewers, only encoded qualities are. For an RTMP encoder, set a"
                  + " keyframe interval of 2 s; from a browser it is always so."));
    }
  }

  private Seen seen(String rendition) {
    return renditions.computeIfAbsent(rendition, name -> new Seen());
  }
}
