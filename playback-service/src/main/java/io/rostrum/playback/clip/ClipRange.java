package io.rostrum.playback.clip;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.playback.broadcast.ClosedSegment;
import io.rostrum.playback.broadcast.Recording;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A run of whole segments: the one that holds the start to the one that holds the end.
 *
 * @param firstMsn the first segment
 * @param lastMsn the last one; -1 where the range grows with the broadcast
 */
public record ClipRange(long firstMsn, long lastMsn) {
  /** The folder of its playlists, relative to the broadcast's. */
  public String folder() {
    return "c/" + firstMsn + "-" + (lastMsn < 0 ? "" : Long.toString(lastMsn)) + "/";
  }

  /**
   * The range that a viewer asked for.
   *
   * @param start ISO 8601 with zone, or seconds from the beginning; null for the beginning
   * @param end the same; null for the end, which moves while the broadcast runs
   * @param ended whether the broadcast has ended
   * @throws IllegalArgumentException with what to change, if it is malformed or outside
   */
  public static ClipRange resolve(Recording recording, String start, String end, boolean ended) {
    int count = recording.count();
    if (count == 0) {
      throw new IllegalArgumentException(
          "Nothing is recorded yet. Try again in a few seconds, or leave start and end out.");
    }
    long first = start == null ? 0 : segmentAt(recording, count, "start", start, false);
    if (end == null) {
      return new ClipRange(first, ended ? count - 1 : -1);
    }
    long last = segmentAt(recording, count, "end", end, true);
    if (last < first
        || (start != null
            && position(recording, "end", end).notBehind(position(recording, "start", start)))) {
      throw new IllegalArgumentException("end lies before start: exchange them.");
    }
    return new ClipRange(first, last);
  }

  /** A place on the wall clock or on the media clock; exactly one of them is set. */
  private record Position(Instant at, Long ticks) {
    /** Whether it is known not to lie behind another; two clocks cannot be compared. */
    boolean notBehind(Position other) {
      return at != null
          ? other.at != null && !at.isAfter(other.at)
          : other.ticks != null && ticks <= other.ticks;
    }
  }

  private static Position position(Recording recording, String name, String text) {
    try {
      if (text.length() <= 20 && text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
        long ticks =
            new BigDecimal(text)
                .movePointRight(0)
                .multiply(BigDecimal.valueOf(Fact.CLOCK_HZ))
                .longValue();
        return new Position(null, recording.get(0).startTicks() + ticks);
      }
      return new Position(OffsetDateTime.parse(text).toInstant(), null);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name
              + " is neither seconds from the beginning (90, 90.5) nor a time with zone"
              + " (2026-11-21T09:00:00Z; write + as %2B in an address).",
          e);
    }
  }

  /**
   * @param isEnd whether a time on the border of two segments belongs to the former
   */
  private static long segmentAt(
      Recording recording, int count, String name, String text, boolean isEnd) {
    Position position = position(recording, name, text);
    ClosedSegment last = recording.get(count - 1L);
    boolean outside =
        before(recording.get(0), position)
            || (isEnd ? pastEnd(last, position) : !inside(last, position));
    if (outside) {
      throw new IllegalArgumentException(
          name + " lies outside of what is recorded: " + recorded(recording.get(0), last));
    }
    long low = 0;
    long high = count - 1L;
    while (low < high) { // the last segment that starts at or before the position
      long middle = (low + high + 1) >>> 1;
      boolean later =
          isEnd
              ? !startsBefore(recording.get(middle), position)
              : before(recording.get(middle), position);
      if (later) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static String recorded(ClosedSegment first, ClosedSegment last) {
    long seconds = (last.startTicks() + last.durationTicks() - first.startTicks()) / Fact.CLOCK_HZ;
    return "0 to " + seconds + " s, or " + first.pdt() + " to " + endOf(last) + ".";
  }

  private static Instant endOf(ClosedSegment segment) {
    return segment.pdt().plusMillis(segment.durationTicks() * 1000 / Fact.CLOCK_HZ);
  }

  /** Whether the position is before the segment. */
  private static boolean before(ClosedSegment segment, Position position) {
    return position.at() != null
        ? position.at().isBefore(segment.pdt())
        : position.ticks() < segment.startTicks();
  }

  private static boolean startsBefore(ClosedSegment segment, Position position) {
    return position.at() != null
        ? segment.pdt().isBefore(position.at())
        : segment.startTicks() < position.ticks();
  }

  private static boolean inside(ClosedSegment last, Position position) {
    return position.at() != null
        ? position.at().isBefore(endOf(last))
        : position.ticks() < last.startTicks() + last.durationTicks();
  }

  /** A second of grace: players round the duration they show. */
  private static boolean pastEnd(ClosedSegment last, Position position) {
    return position.at() != null
        ? position.at().isAfter(endOf(last).plusSeconds(1))
        : position.ticks() > last.startTicks() + last.durationTicks() + Fact.CLOCK_HZ;
  }
}
