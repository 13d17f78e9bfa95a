package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.GrowingPlaylist;
import io.rostrum.hls.LiveEdge;
import io.rostrum.hls.MediaDuration;
import io.rostrum.hls.MediaSegment;
import io.rostrum.hls.OpenSegment;
import io.rostrum.hls.PartialSegment;
import io.rostrum.hls.PlaylistState;
import io.rostrum.hls.PreloadHint;
import io.rostrum.hls.RenditionReport;
import io.rostrum.playback.segment.HotPart;
import java.util.ArrayList;
import java.util.List;

/** One rendition of a broadcast while it is folded. Guarded by the broadcast's lock. */
final class Track {
  private final Rendition rendition;
  private final int index;
  private final GrowingPlaylist event;
  private final GrowingPlaylist live;
  private final List<PartialSegment> openParts = new ArrayList<>();
  private boolean changed = true;
  private int lastParts;
  private boolean lastGap;
  private LiveEdge eventEdge;
  private LiveEdge liveEdge;
  private PlaylistState eventState;
  private PlaylistState liveState;

  Track(Rendition rendition, int index, PlaylistForm form) {
    this.rendition = rendition;
    this.index = index;
    this.event = new GrowingPlaylist(form.event(), 0);
    this.live = new GrowingPlaylist(form.sliding(), 0);
  }

  Rendition rendition() {
    return rendition;
  }

  int openParts() {
    return openParts.size();
  }

  /** Lists the parts of the open segment that came since. */
  void listParts(long msn, List<HotPart> parts) {
    for (int i = openParts.size(); i < parts.size(); i++) {
      HotPart part = parts.get(i);
      openParts.add(
          new PartialSegment(
              MediaUris.part("", rendition.name(), msn, i),
              new MediaDuration(part.durationTicks(), part.timescale()),
              part.independent()));
    }
  }

  /**
   * @param close for the durations of its parts, which are listed for a while
   */
  void close(ClosedSegment segment, Fact.Close close, long firstLiveMsn) {
    ClosedSegment.Form form = segment.form(index);
    List<PartialSegment> parts = new ArrayList<>();
    if (!form.gap()) {
      Fact.SegmentRendition of = close.renditions().get(rendition.name());
      for (int i = 0; i < of.parts().size(); i++) {
        Fact.Part part = of.parts().get(i);
        parts.add(
            new PartialSegment(
                MediaUris.part("", rendition.name(), segment.msn(), i),
                new MediaDuration(part.durationTicks(), of.timescale()),
                part.independent()));
      }
    }
    MediaSegment listed =
        new MediaSegment(
            MediaUris.segment("", rendition.name(), segment.msn()),
            form.duration(),
            segment.discontinuity(),
            segment.pdt(),
            MediaUris.init("", rendition.name(), segment.init(index)),
            form.gap(),
            parts);
    event.append(listed, segment.discontinuitySequence());
    live.append(listed, segment.discontinuitySequence());
    live.removeBefore(firstLiveMsn);
    openParts.clear();
    lastParts = parts.size();
    lastGap = form.gap();
    changed = true;
  }

  long liveMediaSequence() {
    return live.mediaSequence();
  }

  /** Last part index in the last closed segment; -1 where it has none. */
  int lastPart() {
    return lastParts - 1;
  }

  /**
   * @param open the segment behind the last closed one; null if it has not opened
   * @param init of this rendition in {@code open}
   * @param lastInit of this rendition in the last closed segment
   * @param eventReports what other renditions have, by the names of the playlists from the start
   * @param liveReports the same by the names of the sliding playlists
   */
  TrackView view(
      long lastMsn,
      Fact.Open open,
      String init,
      String lastInit,
      boolean ended,
      List<RenditionReport> eventReports,
      List<RenditionReport> liveReports) {
    LiveEdge newEvent = ended ? LiveEdge.ENDED : edge(lastMsn, open, init, lastInit, eventReports);
    LiveEdge newLive =
        ended
            ? LiveEdge.ENDED
            : new LiveEdge(newEvent.open(), newEvent.hints(), liveReports, false);
    // The same state is kept while nothing changes: with it what was rendered of it.
    if (changed || !newEvent.equals(eventEdge)) {
      eventState = event.state(newEvent);
      eventEdge = newEvent;
    }
    if (changed || !newLive.equals(liveEdge)) {
      liveState = live.state(newLive);
      liveEdge = newLive;
    }
    changed = false;
    return new TrackView(
        rendition, index, lastMsn, lastParts, lastGap, openParts.size(), eventState, liveState);
  }

  private LiveEdge edge(
      long lastMsn, Fact.Open open, String init, String lastInit, List<RenditionReport> reports) {
    String map = MediaUris.init("", rendition.name(), init);
    OpenSegment listed =
        open == null || openParts.isEmpty()
            ? null
            : new OpenSegment(open.discontinuity(), open.pdt(), map, openParts);
    List<PreloadHint> hints = new ArrayList<>(2);
    // B.1: a hint for the map too where the next part uses another one.
    if (listed == null && init != null && !init.equals(lastInit)) {
      hints.add(new PreloadHint(PreloadHint.Type.MAP, map));
    }
    hints.add(
        new PreloadHint(
            PreloadHint.Type.PART,
            MediaUris.part("", rendition.name(), lastMsn + 1, openParts.size())));
    return new LiveEdge(listed, hints, reports, false);
  }
}
