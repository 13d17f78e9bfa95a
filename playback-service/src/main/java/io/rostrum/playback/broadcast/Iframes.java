package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.GrowingPlaylist;
import io.rostrum.hls.LiveEdge;
import io.rostrum.hls.MediaDuration;
import io.rostrum.hls.MediaSegment;
import io.rostrum.hls.PlaylistState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The playlists of I-frames of one rendition (§4.4.3.6): seeking with pictures. Guarded by the
 * broadcast's lock.
 *
 * <p>Each independent part starts with an I-frame. An entry is that picture as a segment of its
 * own, cut out of the part when somebody asks for it: no byte of it is stored, and what is listed
 * follows from the timeline alone. The playlist has numbers of its own, one per picture.
 */
final class Iframes {
  private final Rendition rendition;
  private final GrowingPlaylist event;
  private final GrowingPlaylist live;
  private final ArrayDeque<Long> firstOfSegment = new ArrayDeque<>();

  /** Gaps are listed once there are pictures behind them: at the end of a broadcast none stay. */
  private final List<Picture> gaps = new ArrayList<>();

  private long firstLiveMsn;

  private record Picture(MediaSegment segment, long discontinuitySequence) {}

  Iframes(Rendition rendition, PlaylistForm form) {
    this.rendition = rendition;
    this.event = new GrowingPlaylist(form.event().ofIframes(), 0);
    this.live = new GrowingPlaylist(form.sliding().ofIframes(), 0);
  }

  /**
   * @param of what became of the segment in the rendition
   * @param init its init segment
   * @param firstLive the first segment of the sliding window
   */
  void close(ClosedSegment segment, Fact.SegmentRendition of, String init, long firstLive) {
    firstOfSegment.add(event.nextMsn() + gaps.size());
    String map = MediaUris.init("", rendition.name(), init);
    if (of == null || of.withoutMedia()) {
      MediaDuration none = new MediaDuration(0, Fact.CLOCK_HZ);
      gaps.add(picture(segment, 0, none, segmentDuration(segment), map, true, true));
    } else {
      gaps.forEach(this::append);
      gaps.clear();
      pictures(segment, of, map);
    }
    while (firstLiveMsn < firstLive && firstOfSegment.size() > 1) {
      firstOfSegment.poll();
      firstLiveMsn++;
    }
    live.removeBefore(firstOfSegment.peek());
  }

  private void pictures(ClosedSegment segment, Fact.SegmentRendition of, String map) {
    List<Fact.Part> parts = of.parts();
    long at = 0;
    boolean first = true;
    for (int i = 0; i < parts.size(); ) {
      long ticks = parts.get(i).durationTicks();
      int next = i + 1;
      while (next < parts.size() && !parts.get(next).independent()) {
        ticks += parts.get(next).durationTicks();
        next++;
      }
      if (parts.get(i).independent()) {
        MediaDuration duration = new MediaDuration(ticks, of.timescale());
        MediaDuration offset = new MediaDuration(at, of.timescale());
        append(picture(segment, i, offset, duration, map, false, first));
        first = false;
      }
      at += ticks;
      i = next;
    }
  }

  private void append(Picture picture) {
    event.append(picture.segment(), picture.discontinuitySequence());
    live.append(picture.segment(), picture.discontinuitySequence());
  }

  private Picture picture(
      ClosedSegment segment,
      int part,
      MediaDuration offset,
      MediaDuration duration,
      String map,
      boolean gap,
      boolean first) {
    boolean discontinuity = first && segment.discontinuity();
    Instant time = segment.pdt().plusNanos(1000 * offset.toMicros());
    return new Picture(
        new MediaSegment(
            MediaUris.iframe(rendition.name(), segment.msn(), part),
            duration,
            discontinuity,
            time,
            map,
            gap,
            List.of()),
        segment.discontinuitySequence());
  }

  private static MediaDuration segmentDuration(ClosedSegment segment) {
    return new MediaDuration(segment.durationTicks(), Fact.CLOCK_HZ);
  }

  /** Those from the start. */
  PlaylistState event(boolean ended) {
    return event.state(edge(ended));
  }

  /** Those of the sliding window. */
  PlaylistState live(boolean ended) {
    return live.state(edge(ended));
  }

  private static LiveEdge edge(boolean ended) {
    return ended ? LiveEdge.ENDED : new LiveEdge(null, List.of(), List.of(), false);
  }
}
